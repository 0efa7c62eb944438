package dev.parley.signaling.core;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.core.HubEffect.Attach;
import dev.parley.signaling.core.HubEffect.Continue;
import dev.parley.signaling.core.HubEffect.Moved;
import dev.parley.signaling.core.HubEffect.RefuseResume;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a session whose connection was lost, or is about to be replaced, onto a new one, without loss or repetition. */
final class Continuation {
    private final SessionTable sessions;

    Continuation(SessionTable sessions) {
        this.sessions = sessions;
    }

    /** Returns the session that goes on, or null after a refusal. */
    @Nullable
    Session resume(HubEvent.Resumed event, long nowNanos, List<HubEffect> effects) {
        Session session = sessions.find(event.presented().session());
        if (session == null || session.isExpired(nowNanos) || !session.keys.accept(event.presented())) {
            effects.add(new RefuseResume(event.ref()));
            return null;
        }
        session.keys.renew(event.presented(), event.next());
        session.connected(nowNanos);
        session.renewed(nowNanos);
        effects.add(new Attach(session.id));
        if (session.outbox.canContinueAfter(event.received())) {
            session.outbox.confirm(event.received());
            effects.add(carryOn(session, event.received(), false));
            Sending.sendAgain(session, effects);
        } else {
            startOver(session, nowNanos, effects);
        }
        move(session, event.remote(), effects);
        return session;
    }

    /** As {@link #resume}, but only a loss is worth a word; returns null if the session is over. */
    @Nullable
    Session carry(HubEvent.Carried event, long nowNanos, List<HubEffect> effects) {
        Session session = sessions.find(event.session());
        if (session == null) {
            return null;
        }
        session.keys.confirm();
        session.connected(nowNanos);
        effects.add(new Attach(session.id));
        if (session.outbox.canContinueAfter(event.received())) {
            session.outbox.confirm(event.received());
            Sending.sendAgain(session, effects);
        } else {
            startOver(session, nowNanos, effects);
        }
        move(session, event.remote(), effects);
        return session;
    }

    /** What it knew of its rooms is void. */
    private static void startOver(Session session, long nowNanos, List<HubEffect> effects) {
        session.outbox.clear();
        session.renewed(nowNanos);
        effects.add(carryOn(session, session.outbox.lastNumber(), true));
        for (Room room : session.roomsNow()) {
            Sending.send(session, room.seenBy(session.id, null), effects);
        }
        for (Room room : session.awaitedNow()) {
            WaitingRoom.Waiting waiting = room.waiting().find(session.id);
            Ref ref = waiting == null ? null : waiting.ref();
            Sending.send(session, new ServerMessage.Waiting(room.name(), ref), effects);
        }
    }

    private static Continue carryOn(Session session, long after, boolean lost) {
        return new Continue(session.id, session.keys.current(), session.acknowledge(), after, lost);
    }

    private void move(Session session, IpAddress remote, List<HubEffect> effects) {
        if (!remote.equals(session.remote())) {
            sessions.move(session, remote);
            if (session.roomCount() > 0) {
                effects.add(new Moved(session.id, remote));
            }
        }
    }
}
