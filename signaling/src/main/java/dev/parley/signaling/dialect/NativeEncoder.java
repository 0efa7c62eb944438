package dev.parley.signaling.dialect;

import dev.parley.signaling.auth.IceServer;
import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.JsonText;
import dev.parley.signaling.core.Knock;
import dev.parley.signaling.core.MemberName;
import dev.parley.signaling.core.MemberView;
import dev.parley.signaling.core.Presence;
import dev.parley.signaling.core.Ref;
import dev.parley.signaling.core.Refusal;
import dev.parley.signaling.core.RoomView;
import dev.parley.signaling.core.ServerMessage;
import dev.parley.signaling.json.JsonWriting;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes the hub's messages in {@code parley.v1}; see docs/protocol.md. */
final class NativeEncoder {
    private final HubLimits limits;

    NativeEncoder(HubLimits limits) {
        this.limits = limits;
    }

    String encode(ServerMessage message) {
        return switch (message) {
            case ServerMessage.Joined joined -> write("joined", json -> joined(json, joined));
            case ServerMessage.Waiting(var room, var ref) ->
                write("waiting", json -> {
                    json.writeStringProperty("room", room.value());
                    ref(json, ref);
                });
            case ServerMessage.Knocked(var room, var knock) ->
                write("knock", json -> {
                    json.writeStringProperty("room", room.value());
                    json.writeName("member");
                    knock(json, knock);
                });
            case ServerMessage.KnockEnded ended -> write("knock-ended", json -> knockEnded(json, ended));
            case ServerMessage.Left(var room, var reason, var ref) ->
                write("left", json -> {
                    json.writeStringProperty("room", room.value());
                    json.writeStringProperty("reason", reason.word());
                    ref(json, ref);
                });
            case ServerMessage.RoomUpdated(var room, var state, var ref) ->
                write("room-updated", json -> {
                    json.writeStringProperty("room", room.value());
                    state(json, state);
                    ref(json, ref);
                });
            case ServerMessage.KeySet set -> write("key-set", json -> keySet(json, set));
            case ServerMessage.MemberJoined(var room, var member) ->
                write("member-joined", json -> {
                    json.writeStringProperty("room", room.value());
                    json.writeName("member");
                    member(json, member);
                });
            case ServerMessage.MemberUpdated updated -> write("member-updated", json -> memberUpdated(json, updated));
            case ServerMessage.MemberLeft(var room, var id, var departure) ->
                write("member-left", json -> {
                    json.writeStringProperty("room", room.value());
                    json.writeStringProperty("id", id.value());
                    json.writeStringProperty("reason", departure.word());
                });
            case ServerMessage.Signalled signalled -> write("signal", json -> signalled(json, signalled));
            case ServerMessage.Pong(var ref, var received) ->
                write("pong", json -> {
                    json.writeNumberProperty("ack", received);
                    ref(json, ref);
                });
            case ServerMessage.Expires(var seconds, var ref, var _) ->
                write("token", json -> {
                    if (seconds >= 0) {
                        json.writeNumberProperty("expiresInSeconds", seconds);
                    }
                    ref(json, ref);
                });
            case ServerMessage.Problem problem -> write("error", json -> error(json, problem));
        };
    }

    private static void knockEnded(JsonGenerator json, ServerMessage.KnockEnded ended) {
        json.writeStringProperty("room", ended.room().value());
        json.writeStringProperty("id", ended.id().value());
        json.writeStringProperty("reason", ended.reason().word());
        ref(json, ended.ref());
    }

    private void memberUpdated(JsonGenerator json, ServerMessage.MemberUpdated updated) {
        json.writeStringProperty("room", updated.room().value());
        json.writeName("member");
        member(json, updated.member());
        ref(json, updated.ref());
    }

    String encode(Welcome welcome) {
        return write("welcome", json -> {
            json.writeStringProperty("protocol", NativeDialect.PROTOCOL);
            json.writeStringProperty("id", welcome.id().value());
            json.writeStringProperty("resumeToken", welcome.key().text());
            json.writeNumberProperty("resumeSeconds", limits.of(HubLimit.RESUME_SECONDS));
            json.writeNumberProperty("heartbeatSeconds", limits.of(HubLimit.HEARTBEAT_SECONDS));
            json.writeObjectPropertyStart("limits");
            for (AnnouncedLimit limit : AnnouncedLimit.values()) {
                json.writeNumberProperty(limit.field(), limits.of(limit.limit()));
            }
            json.writeEndObject();
            iceServers(json, welcome.iceServers(), welcome.iceServersTtl());
            json.writeStringProperty("relayScope", welcome.relayScope().word());
        });
    }

    String encode(Continued continued) {
        return write("resumed", json -> {
            json.writeStringProperty("id", continued.id().value());
            json.writeStringProperty("resumeToken", continued.key().text());
            json.writeNumberProperty("ack", continued.received());
            json.writeNumberProperty("after", continued.after());
            json.writeBooleanProperty("lost", continued.lost());
            iceServers(json, continued.iceServers(), continued.iceServersTtl());
        });
    }

    String encodeAcknowledgement(long received) {
        return write("ack", json -> json.writeNumberProperty("ack", received));
    }

    String encode(List<IceServer> iceServers, Duration ttl) {
        return write("ice-servers", json -> iceServers(json, iceServers, ttl));
    }

    private static String write(String type, Consumer<JsonGenerator> fields) {
        return JsonWriting.object(json -> {
            json.writeStringProperty("type", type);
            fields.accept(json);
        });
    }

    private static void joined(JsonGenerator json, ServerMessage.Joined joined) {
        json.writeStringProperty("room", joined.room().value());
        json.writeStringProperty("id", joined.id().value());
        json.writeStringProperty("role", joined.role().word());
        state(json, joined.state());
        if (!joined.keys().isEmpty()) {
            json.writeObjectPropertyStart("keys");
            joined.keys().forEach(key -> JsonWriting.raw(json, key.name().value(), key.value()));
            json.writeEndObject();
        }
        json.writeArrayPropertyStart("members");
        joined.members().forEach(member -> member(json, member));
        json.writeEndArray();
        if (!joined.knocks().isEmpty()) {
            json.writeArrayPropertyStart("knocks");
            joined.knocks().forEach(knock -> knock(json, knock));
            json.writeEndArray();
        }
        ref(json, joined.ref());
    }

    private static void state(JsonGenerator json, RoomView state) {
        json.writeObjectPropertyStart("state");
        json.writeBooleanProperty("locked", state.locked());
        json.writeBooleanProperty("password", state.hasPassword());
        json.writeBooleanProperty("waitingRoom", state.waitingRoom());
        json.writeBooleanProperty("relayOnly", state.relayOnly());
        if (state.maxMembers() > 0) {
            json.writeNumberProperty("maxMembers", state.maxMembers());
        }
        JsonWriting.raw(json, "metadata", state.metadata());
        json.writeEndObject();
    }

    private static void keySet(JsonGenerator json, ServerMessage.KeySet set) {
        json.writeStringProperty("room", set.room().value());
        json.writeStringProperty("key", set.key().value());
        if (set.value() == null) {
            json.writeNullProperty("value");
        } else {
            JsonWriting.raw(json, "value", set.value());
        }
        json.writeStringProperty("by", set.by().value());
        ref(json, set.ref());
    }

    private static void signalled(JsonGenerator json, ServerMessage.Signalled signalled) {
        json.writeStringProperty("room", signalled.room().value());
        json.writeStringProperty("from", signalled.from().value());
        JsonWriting.raw(json, "data", signalled.data());
        if (signalled.toRole() != null) {
            json.writeStringProperty("toRole", signalled.toRole().word());
        }
        if (signalled.broadcast()) {
            json.writeBooleanProperty("broadcast", true);
        }
    }

    private void error(JsonGenerator json, ServerMessage.Problem problem) {
        String detail = problem.detail();
        json.writeStringProperty("code", problem.refusal().code().word());
        json.writeStringProperty("message", detail == null ? text(problem.refusal()) : detail);
        ref(json, problem.ref());
        if (problem.room() != null) {
            json.writeStringProperty("room", problem.room().value());
        }
    }

    private String text(Refusal refusal) {
        return refusal == Refusal.NAME_TOO_LONG
                ? "room and name have at most " + limits.of(HubLimit.NAME_LENGTH) + " characters"
                : refusal.code().text();
    }

    private static void member(JsonGenerator json, MemberView member) {
        json.writeStartObject();
        json.writeStringProperty("id", member.id().value());
        json.writeStringProperty("role", member.role().word());
        presence(json, member.presence());
        json.writeEndObject();
    }

    private static void knock(JsonGenerator json, Knock knock) {
        json.writeStartObject();
        json.writeStringProperty("id", knock.id().value());
        presence(json, knock.presence());
        json.writeEndObject();
    }

    private static void presence(JsonGenerator json, Presence presence) {
        MemberName name = presence.name();
        JsonText metadata = presence.metadata();
        if (name != null) {
            json.writeStringProperty("name", name.value());
        }
        JsonWriting.raw(json, "metadata", metadata);
    }

    private static void iceServers(JsonGenerator json, List<IceServer> servers, Duration ttl) {
        json.writeArrayPropertyStart("iceServers");
        for (IceServer server : servers) {
            json.writeStartObject();
            json.writeArrayPropertyStart("urls");
            server.urls().forEach(json::writeString);
            json.writeEndArray();
            if (server.username() != null) {
                json.writeStringProperty("username", server.username());
            }
            if (server.credential() != null) {
                json.writeStringProperty("credential", server.credential());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberProperty("iceServersTtlSeconds", ttl.toSeconds());
    }

    private static void ref(JsonGenerator json, @Nullable Ref ref) {
        if (ref != null) {
            json.writeStringProperty("ref", ref.value());
        }
    }
}
