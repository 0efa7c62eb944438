package dev.parley.signaling.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the hub says to a client, in the words of the core; dialects make text from it. */
public sealed interface ServerMessage {

    /** Answer to Join; {@code members} are the others, in the order they came. */
    record Joined(
            RoomName room,
            SessionId id,
            List<MemberView> members,
            @Nullable Ref ref) implements ServerMessage {
        public Joined {
            members = List.copyOf(members);
        }
    }

    /** Answer to Leave: nothing from this room follows. */
    record Left(RoomName room, @Nullable Ref ref) implements ServerMessage {}

    /** Somebody came into the room. */
    record MemberJoined(RoomName room, MemberView member) implements ServerMessage {}

    /** Somebody's presence changed; the sender itself gets it with its ref. */
    record MemberUpdated(
            RoomName room, MemberView member, @Nullable Ref ref) implements ServerMessage {}

    /** Somebody is gone from the room. */
    record MemberLeft(RoomName room, SessionId id, Departure departure) implements ServerMessage {}

    /** Data from another member; {@code from} is put in by the hub. */
    record Signalled(RoomName room, SessionId from, JsonText data, boolean broadcast) implements ServerMessage {}

    /** Answer to Ping. */
    record Pong(@Nullable Ref ref) implements ServerMessage {}

    /** A refusal; nothing changed. {@code detail} replaces the general text of the code. */
    record Problem(
            Refusal refusal,
            @Nullable String detail,
            @Nullable Ref ref,
            @Nullable RoomName room) implements ServerMessage {}
}
