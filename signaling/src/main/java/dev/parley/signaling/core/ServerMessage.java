package dev.parley.signaling.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the hub says to a client, in the words of the core; dialects make text from it. */
public sealed interface ServerMessage {

    /** How long its text is, about, without the fields that every message has; what it costs to keep. */
    default int characters() {
        return 0;
    }

    /** Whether it is numbered and sent again after a loss; all that change what a client knows of its rooms are. */
    default boolean isNumbered() {
        return true;
    }

    /**
     * Answer to Join, and what a room is like after messages were lost; {@code members} are the others, and
     * {@code knocks}, for hosts alone, those who wait to be let in, both in the order they came.
     */
    record Joined(
            RoomName room,
            SessionId id,
            Role role,
            RoomView state,
            List<RoomKey> keys,
            List<MemberView> members,
            List<Knock> knocks,
            @Nullable Ref ref)
            implements ServerMessage {
        public Joined {
            keys = List.copyOf(keys);
            members = List.copyOf(members);
            knocks = List.copyOf(knocks);
        }

        @Override
        public int characters() {
            return state.characters()
                    + keys.stream().mapToInt(key -> key.value().text().length()).sum()
                    + members.stream()
                            .mapToInt(member -> member.presence().rosterBytes())
                            .sum()
                    + knocks.stream()
                            .mapToInt(knock -> knock.presence().rosterBytes())
                            .sum();
        }
    }

    /** Answer to Join where a host has to let in; Joined or a Problem with the same ref follows. */
    record Waiting(RoomName room, @Nullable Ref ref) implements ServerMessage {}

    /** Somebody wants to be let in; for hosts. */
    record Knocked(RoomName room, Knock knock) implements ServerMessage {
        @Override
        public int characters() {
            return knock.presence().rosterBytes();
        }
    }

    /** Somebody waits no longer; for hosts, and the one who has settled it gets it with its ref. */
    record KnockEnded(
            RoomName room,
            SessionId id,
            KnockEnd reason,
            @Nullable Ref ref) implements ServerMessage {}

    /** Answer to Leave, or sent out: nothing from this room follows. */
    record Left(RoomName room, Departure reason, @Nullable Ref ref) implements ServerMessage {}

    /** Hosts have changed the room; the one who did gets it with its ref. */
    record RoomUpdated(
            RoomName room, RoomView state, @Nullable Ref ref) implements ServerMessage {
        @Override
        public int characters() {
            return state.characters();
        }
    }

    /** Somebody came into the room. */
    record MemberJoined(RoomName room, MemberView member) implements ServerMessage {
        @Override
        public int characters() {
            return member.presence().rosterBytes();
        }
    }

    /** Somebody's presence changed; the sender itself gets it with its ref. */
    record MemberUpdated(
            RoomName room, MemberView member, @Nullable Ref ref) implements ServerMessage {
        @Override
        public int characters() {
            return member.presence().rosterBytes();
        }
    }

    /** Somebody is gone from the room. */
    record MemberLeft(RoomName room, SessionId id, Departure departure) implements ServerMessage {}

    /** Somebody has set a value of the room, or taken it away; the one who did gets it with its ref. */
    record KeySet(
            RoomName room,
            MemberName key,
            @Nullable JsonText value,
            SessionId by,
            @Nullable Ref ref) implements ServerMessage {
        @Override
        public int characters() {
            return value == null ? 0 : value.text().length();
        }
    }

    /**
     * Data from another member; {@code from} is put in by the hub.
     *
     * @param toRole if it went to all of a role
     * @param broadcast whether it went to all others
     */
    record Signalled(
            RoomName room,
            SessionId from,
            JsonText data,
            @Nullable Role toRole,
            boolean broadcast) implements ServerMessage {
        @Override
        public int characters() {
            return data.text().length();
        }
    }

    /** Answer to Ping; {@code received} is the number of the last message of the client that was carried out. */
    record Pong(@Nullable Ref ref, long received) implements ServerMessage {
        @Override
        public boolean isNumbered() {
            return false;
        }
    }

    /**
     * How long what a session was admitted with still counts; told with each connection, and in answer to a newer
     * token.
     *
     * @param seconds until the session is closed; -1 if it is not
     * @param asked whether it answers a newer token; then it must not be lost, as it may where there is no line
     * just now
     */
    record Expires(long seconds, @Nullable Ref ref, boolean asked) implements ServerMessage {
        @Override
        public boolean isNumbered() {
            return asked;
        }
    }

    /** A refusal; nothing changed. {@code detail} replaces the general text of the code. */
    record Problem(
            Refusal refusal,
            @Nullable String detail,
            @Nullable Ref ref,
            @Nullable RoomName room) implements ServerMessage {}
}
