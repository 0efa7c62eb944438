package dev.parley.signaling.core;

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
        if (session == null || !session.keys.accept(event.presented())) {
            effects.add(new RefuseResume(event.ref()));
            return null;
        }
        session.keys.renew(event.presented(), event.next());
        session.connected(nowNanos);
        effects.add(new Attach(session.id));
        if (session.outbox.canContinueAfter(event.received())) {
            session.outbox.confirm(event.received());
            effects.add(carryOn(session, event, event.received(), false));
            Sending.sendAgain(session, effects);
        } else {
            session.outbox.clear();
            effects.add(carryOn(session, event, session.outbox.lastNumber(), true));
            for (Room room : session.roomsNow()) {
                Sending.send(session, room.seenBy(session.id, null), effects);
            }
        }
        move(session, event, effects);
        return session;
    }

    private static Continue carryOn(Session session, HubEvent.Resumed event, long after, boolean lost) {
        return new Continue(session.id, event.next(), session.acknowledge(), after, lost);
    }

    private void move(Session session, HubEvent.Resumed event, List<HubEffect> effects) {
        if (!event.remote().equals(session.remote())) {
            sessions.move(session, event.remote());
            if (session.roomCount() > 0) {
                effects.add(new Moved(session.id, event.remote()));
            }
        }
    }
}
