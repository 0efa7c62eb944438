package dev.parley.server;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.core.Departure;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.core.UserId;
import dev.parley.signaling.transport.MembershipListener;
import org.jspecify.annotations.Nullable;

/** Tells one after the other: the relay's side first, because nothing may relay for somebody who has gone. */
record BothListeners(MembershipListener first, MembershipListener second) implements MembershipListener {
    @Override
    public void entered(RoomName room, SessionId session, IpAddress remote) {
        first.entered(room, session, remote);
        second.entered(room, session, remote);
    }

    @Override
    public void joined(RoomName room, SessionId session, @Nullable UserId user) {
        first.joined(room, session, user);
        second.joined(room, session, user);
    }

    @Override
    public void moved(SessionId session, IpAddress remote) {
        first.moved(session, remote);
        second.moved(session, remote);
    }

    @Override
    public void departed(RoomName room, SessionId session) {
        first.departed(room, session);
        second.departed(room, session);
    }

    @Override
    public void left(RoomName room, SessionId session, @Nullable UserId user, Departure departure) {
        first.left(room, session, user, departure);
        second.left(room, session, user, departure);
    }

    @Override
    public void ended(SessionId session) {
        first.ended(session);
        second.ended(session);
    }
}
