package dev.parley.signaling.core;

import dev.parley.ice.time.DeadlineQueue;
import dev.parley.signaling.core.HubEffect.Close;
import dev.parley.signaling.core.HubEffect.Ended;
import java.util.List;

/** How sessions end: one that leaves or is lost, one that is sent away, or all of them when the server goes. */
final class Endings {
    private final SessionTable sessions;
    private final DeadlineQueue<SessionId> deadlines;
    private final Memberships memberships;
    private final Knocking knocking;

    Endings(SessionTable sessions, DeadlineQueue<SessionId> deadlines, Memberships memberships, Knocking knocking) {
        this.sessions = sessions;
        this.deadlines = deadlines;
        this.memberships = memberships;
        this.knocking = knocking;
    }

    /** Ends a session and its connection. */
    void close(Session session, CloseReason reason, Departure departure, long nowNanos, List<HubEffect> effects) {
        effects.add(new Close(session.id, reason));
        end(session, departure, nowNanos, effects);
    }

    /** As {@link #close}, if there is a connection to close. */
    void endNow(Session session, CloseReason reason, long nowNanos, List<HubEffect> effects) {
        if (session.isConnected()) {
            close(session, reason, Departure.CLOSED, nowNanos, effects);
        } else {
            end(session, Departure.LOST, nowNanos, effects);
        }
    }

    /** Ends a session whose connection is gone. */
    void end(Session session, Departure departure, long nowNanos, List<HubEffect> effects) {
        forget(session);
        for (Room room : session.awaitedNow()) {
            knocking.giveUp(session, room, KnockEnd.of(departure), nowNanos, effects);
        }
        for (Room room : session.roomsNow()) {
            memberships.depart(session, room, departure, nowNanos, effects);
        }
        effects.add(new Ended(session.id));
    }

    /** Sends everybody away; nobody is told of the others. */
    void endAll(long nowNanos, List<HubEffect> effects) {
        for (Session session : sessions.all()) {
            effects.add(new Close(session.id, CloseReason.GOING_AWAY));
            forget(session);
            session.awaitedNow().forEach(room -> memberships.endWaiting(session, room, nowNanos));
            session.roomsNow()
                    .forEach(room -> memberships.departUntold(session, room, Departure.CLOSED, nowNanos, effects));
            effects.add(new Ended(session.id));
        }
    }

    private void forget(Session session) {
        sessions.remove(session);
        deadlines.cancel(session.id);
    }
}
