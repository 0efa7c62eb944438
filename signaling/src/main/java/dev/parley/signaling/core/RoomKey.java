package dev.parley.signaling.core;

/**
 * A value that a room keeps under a name, for all its members.
 *
 * @param name as names of members
 */
public record RoomKey(MemberName name, JsonText value) {
    /** What it takes of {@link HubLimit#ROOM_KEY_BYTES}. */
    static int bytes(MemberName name, JsonText value) {
        return Utf8.length(name.value()) + value.utf8Bytes();
    }
}
