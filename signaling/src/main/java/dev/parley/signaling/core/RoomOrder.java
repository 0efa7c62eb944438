package dev.parley.signaling.core;

/** What somebody from outside, who is in no room, wants of one; whether he may is settled before. */
public sealed interface RoomOrder {
    RoomName room();

    /**
     * The room shall be like this. It is made if it is not there, and stays when nobody is in it.
     *
     * @param emptySeconds how long it stays without members
     */
    record Keep(RoomName room, RoomChange change, int emptySeconds) implements RoomOrder {}

    /** Who is there, and what is it like? */
    record See(RoomName room) implements RoomOrder {}

    /** A member shall go. */
    record Dismiss(RoomName room, SessionId member) implements RoomOrder {}

    /** All members shall go, and the room with them. */
    record End(RoomName room) implements RoomOrder {}
}
