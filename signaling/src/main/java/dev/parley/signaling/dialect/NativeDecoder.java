package dev.parley.signaling.dialect;

import dev.parley.signaling.auth.BearerToken;
import dev.parley.signaling.core.ClientMessage;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.JsonText;
import dev.parley.signaling.core.MemberName;
import dev.parley.signaling.core.Presence;
import dev.parley.signaling.core.PresenceChange;
import dev.parley.signaling.core.Ref;
import dev.parley.signaling.core.Refusal;
import dev.parley.signaling.core.ResumeKey;
import dev.parley.signaling.core.Role;
import dev.parley.signaling.core.RoomChange;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.core.Stamp;
import dev.parley.signaling.dialect.DecodeResult.NotUnderstood;
import dev.parley.signaling.dialect.DecodeResult.Understood;
import org.jspecify.annotations.Nullable;

/** Reads the messages of clients that speak {@code parley.v1}; see docs/protocol.md. */
final class NativeDecoder {
    private static final String TYPES =
            "hello, resume, refresh, join, leave, signal, update, set, kick, ban, admit, refuse, role, configure, ack,"
                    + " ping or bye";

    private final StrictJson json;

    NativeDecoder(HubLimits limits) {
        this.json = new StrictJson(limits);
    }

    DecodeResult decode(String text) {
        return switch (json.read(text)) {
            case StrictJson.Result.Unreadable(String detail) ->
                new NotUnderstood(Stamp.NONE, Refusal.BAD_MESSAGE, detail, null);
            case StrictJson.Result.Fields(var fieldByName) -> decode(new MessageFields(fieldByName));
        };
    }

    private static DecodeResult decode(MessageFields fields) {
        Ref ref = fields.ref();
        Stamp stamp = fields.stamp();
        String type = fields.type();
        if (type == null || fields.problem() != null) {
            return problem(fields, ref, stamp);
        }
        return switch (type) {
            case "hello" -> hello(fields, ref);
            case "refresh" -> refresh(fields, ref, stamp);
            case "resume" -> resume(fields, ref);
            case "bye" -> new DecodeResult.Bye(stamp, fields.text("session"), ref);
            default -> inSession(type, fields, ref, stamp);
        };
    }

    private static DecodeResult hello(MessageFields fields, @Nullable Ref ref) {
        BearerToken token = fields.token();
        RoomName room = fields.destination();
        return fields.problem() == null ? new DecodeResult.Hello(token, room, ref) : problem(fields, ref, Stamp.NONE);
    }

    private static DecodeResult refresh(MessageFields fields, @Nullable Ref ref, Stamp stamp) {
        BearerToken token = fields.requireToken();
        RoomName room = fields.destination();
        return token == null || fields.problem() != null
                ? problem(fields, ref, stamp)
                : new DecodeResult.Refresh(stamp, token, room, ref);
    }

    private static DecodeResult resume(MessageFields fields, @Nullable Ref ref) {
        ResumeKey key = fields.resumeKey();
        long received = fields.count("received");
        fields.requireOneOf("received");
        return key == null || fields.problem() != null
                ? problem(fields, ref, Stamp.NONE)
                : new DecodeResult.Resume(key, received, ref);
    }

    private static DecodeResult inSession(String type, MessageFields fields, @Nullable Ref ref, Stamp stamp) {
        ClientMessage message = switch (type) {
            case "join" -> join(fields, ref);
            case "leave" -> leave(fields, ref);
            case "signal" -> signal(fields, ref);
            case "update" -> update(fields, ref);
            case "set" -> set(fields, ref);
            case "kick" -> expel(fields, false, ref);
            case "ban" -> expel(fields, true, ref);
            case "admit" -> answerKnock(fields, true, ref);
            case "refuse" -> answerKnock(fields, false, ref);
            case "role" -> role(fields, ref);
            case "configure" -> configure(fields, ref);
            case "ack" -> acknowledge(fields);
            case "ping" -> new ClientMessage.Ping(ref);
            default -> null;
        };
        if (message != null) {
            return new Understood(stamp, message);
        }
        return fields.problem() == null
                ? new NotUnderstood(stamp, Refusal.UNKNOWN_TYPE, "type must be " + TYPES, ref)
                : problem(fields, ref, stamp);
    }

    private static @Nullable ClientMessage join(MessageFields fields, @Nullable Ref ref) {
        RoomName room = fields.room();
        Presence presence = new Presence(fields.memberName(), fields.metadata());
        String password = fields.password();
        return room == null || fields.problem() != null ? null : new ClientMessage.Join(room, presence, password, ref);
    }

    /** What it says is in the stamp. */
    private static @Nullable ClientMessage acknowledge(MessageFields fields) {
        fields.requireOneOf("ack");
        return fields.problem() == null ? new ClientMessage.Acknowledge() : null;
    }

    private static @Nullable ClientMessage set(MessageFields fields, @Nullable Ref ref) {
        RoomName room = fields.room();
        MemberName key = fields.key();
        JsonText value = fields.value();
        return room == null || key == null || fields.problem() != null
                ? null
                : new ClientMessage.SetKey(room, key, value, ref);
    }

    private static @Nullable ClientMessage expel(MessageFields fields, boolean banned, @Nullable Ref ref) {
        RoomName room = fields.room();
        SessionId id = fields.member();
        return room == null || id == null ? null : new ClientMessage.Expel(room, id, banned, ref);
    }

    private static @Nullable ClientMessage answerKnock(MessageFields fields, boolean admitted, @Nullable Ref ref) {
        RoomName room = fields.room();
        SessionId id = fields.member();
        return room == null || id == null ? null : new ClientMessage.AnswerKnock(room, id, admitted, ref);
    }

    private static @Nullable ClientMessage role(MessageFields fields, @Nullable Ref ref) {
        RoomName room = fields.room();
        SessionId id = fields.member();
        Role role = fields.role("role");
        return room == null || id == null || role == null ? null : new ClientMessage.SetRole(room, id, role, ref);
    }

    private static @Nullable ClientMessage configure(MessageFields fields, @Nullable Ref ref) {
        RoomName room = fields.room();
        JsonText metadata = fields.isNull("metadata") ? null : fields.metadata();
        RoomChange change = new RoomChange(
                fields.truth("locked"),
                fields.isNull("password") ? "" : fields.password(),
                fields.truth("waitingRoom"),
                fields.truth("relayOnly"),
                fields.isNull("maxMembers") ? Integer.valueOf(0) : fields.maxMembers(),
                fields.has("metadata"),
                metadata);
        fields.requireOneOf("locked", "password", "waitingRoom", "relayOnly", "maxMembers", "metadata");
        return room == null || fields.problem() != null ? null : new ClientMessage.Configure(room, change, ref);
    }

    private static @Nullable ClientMessage leave(MessageFields fields, @Nullable Ref ref) {
        RoomName room = fields.room();
        return room == null ? null : new ClientMessage.Leave(room, ref);
    }

    private static @Nullable ClientMessage signal(MessageFields fields, @Nullable Ref ref) {
        RoomName room = fields.room();
        SessionId to = fields.to();
        Role toRole = fields.has("toRole") ? fields.role("toRole") : null;
        JsonText data = fields.data();
        fields.forbidBoth("to", "toRole");
        return room == null || data == null || fields.problem() != null
                ? null
                : new ClientMessage.Signal(room, to, toRole, data, ref);
    }

    private static @Nullable ClientMessage update(MessageFields fields, @Nullable Ref ref) {
        RoomName room = fields.room();
        MemberName name = fields.isNull("name") ? null : fields.memberName();
        JsonText metadata = fields.isNull("metadata") ? null : fields.metadata();
        fields.requireOneOf("name", "metadata");
        if (room == null || fields.problem() != null) {
            return null;
        }
        PresenceChange change = new PresenceChange(fields.has("name"), name, fields.has("metadata"), metadata);
        return new ClientMessage.Update(room, change, ref);
    }

    private static DecodeResult problem(MessageFields fields, @Nullable Ref ref, Stamp stamp) {
        String problem = fields.problem();
        return new NotUnderstood(stamp, Refusal.BAD_MESSAGE, problem == null ? "a field is missing" : problem, ref);
    }
}
