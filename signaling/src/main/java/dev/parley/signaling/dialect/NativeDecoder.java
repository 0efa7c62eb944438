package dev.parley.signaling.dialect;

import dev.parley.signaling.core.ClientMessage;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.JsonText;
import dev.parley.signaling.core.MemberName;
import dev.parley.signaling.core.Presence;
import dev.parley.signaling.core.PresenceChange;
import dev.parley.signaling.core.Ref;
import dev.parley.signaling.core.Refusal;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.dialect.DecodeResult.NotUnderstood;
import dev.parley.signaling.dialect.DecodeResult.Understood;
import org.jspecify.annotations.Nullable;

/** Reads the messages of clients that speak {@code parley.v1}; see docs/protocol.md. */
final class NativeDecoder {
    private final StrictJson json;

    NativeDecoder(HubLimits limits) {
        this.json = new StrictJson(limits);
    }

    DecodeResult decode(String text) {
        return switch (json.read(text)) {
            case StrictJson.Result.Unreadable(String detail) -> new NotUnderstood(Refusal.BAD_MESSAGE, detail, null);
            case StrictJson.Result.Fields(var fieldByName) -> decode(new MessageFields(fieldByName));
        };
    }

    private static DecodeResult decode(MessageFields fields) {
        Ref ref = fields.ref();
        String type = fields.type();
        if (type == null || fields.problem() != null) {
            return problem(fields, ref);
        }
        return switch (type) {
            case "join" -> join(fields, ref);
            case "leave" -> leave(fields, ref);
            case "signal" -> signal(fields, ref);
            case "update" -> update(fields, ref);
            case "ping" -> new Understood(new ClientMessage.Ping(ref));
            default -> new NotUnderstood(Refusal.UNKNOWN_TYPE, "type must be join, leave, signal, update or ping", ref);
        };
    }

    private static DecodeResult join(MessageFields fields, @Nullable Ref ref) {
        RoomName room = fields.room();
        Presence presence = new Presence(fields.memberName(), fields.metadata());
        return room == null || fields.problem() != null
                ? problem(fields, ref)
                : new Understood(new ClientMessage.Join(room, presence, ref));
    }

    private static DecodeResult leave(MessageFields fields, @Nullable Ref ref) {
        RoomName room = fields.room();
        return room == null ? problem(fields, ref) : new Understood(new ClientMessage.Leave(room, ref));
    }

    private static DecodeResult signal(MessageFields fields, @Nullable Ref ref) {
        RoomName room = fields.room();
        SessionId to = fields.to();
        JsonText data = fields.data();
        return room == null || data == null || fields.problem() != null
                ? problem(fields, ref)
                : new Understood(new ClientMessage.Signal(room, to, data, ref));
    }

    private static DecodeResult update(MessageFields fields, @Nullable Ref ref) {
        RoomName room = fields.room();
        MemberName name = fields.isNull("name") ? null : fields.memberName();
        JsonText metadata = fields.isNull("metadata") ? null : fields.metadata();
        if (room == null || fields.problem() != null) {
            return problem(fields, ref);
        }
        if (!fields.has("name") && !fields.has("metadata")) {
            return new NotUnderstood(Refusal.BAD_MESSAGE, "name or metadata is missing", ref);
        }
        PresenceChange change = new PresenceChange(fields.has("name"), name, fields.has("metadata"), metadata);
        return new Understood(new ClientMessage.Update(room, change, ref));
    }

    private static DecodeResult problem(MessageFields fields, @Nullable Ref ref) {
        String problem = fields.problem();
        return new NotUnderstood(Refusal.BAD_MESSAGE, problem == null ? "a field is missing" : problem, ref);
    }
}
