package dev.parley.server;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.api.ApiName;
import dev.parley.signaling.core.Departure;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.core.UserId;
import dev.parley.signaling.transport.MembershipListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whoever a host sends out of a room loses what a token has got it for that room over HTTP, too: the allocations, and
 * the credentials until the last of them would have ended.
 *
 * @param users whose credentials are of the API
 * @param longest that a credential for a token lives
 */
record SentOut(ApiUsers users, Duration longest) implements MembershipListener {
    @Override
    public void left(RoomName room, SessionId session, @Nullable UserId user, Departure departure) {
        if (user != null && (departure == Departure.KICKED || departure == Departure.BANNED)) {
            users.sentOut(ApiName.ofToken(user, room), longest);
        }
    }

    @Override
    public void entered(RoomName room, SessionId session, IpAddress remote) {}

    @Override
    public void moved(SessionId session, IpAddress remote) {}

    @Override
    public void departed(RoomName room, SessionId session) {}

    @Override
    public void ended(SessionId session) {}
}
