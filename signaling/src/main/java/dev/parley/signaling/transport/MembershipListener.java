package dev.parley.signaling.transport;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.core.Departure;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.core.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Learns who is in which room, at once and in order; so the relay can bind its credentials and scope to that.
 * Called on the hub's thread alone; must not block.
 */
public interface MembershipListener {

    /** The session is a member of the room from now on; {@code remote} is where its WebSocket comes from. */
    void entered(RoomName room, SessionId session, IpAddress remote);

    /** Follows {@link #entered}: who it is; null for somebody without a name. */
    default void joined(RoomName room, SessionId session, @Nullable UserId user) {}

    /** Follows {@link #departed}: who it was, and why. */
    default void left(RoomName room, SessionId session, @Nullable UserId user, Departure departure) {}

    /** The session, which is in a room, was continued from another address. */
    void moved(SessionId session, IpAddress remote);

    /** The session is no member of the room any more. */
    void departed(RoomName room, SessionId session);

    /** The session is over; all its departures have been told before. */
    void ended(SessionId session);
}
