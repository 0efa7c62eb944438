package dev.parley.signaling.transport;

import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.Departure;
import dev.parley.signaling.core.Hub;
import dev.parley.signaling.core.HubEvent;
import dev.parley.signaling.core.Ref;
import dev.parley.signaling.core.Refusal;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.core.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * Tells the hub what happened on a connection as what happened to its session. What comes over a connection that
 * another has replaced means nothing any more. Hub thread only.
 */
final class Reception {
    private final Hub hub;
    private final Outboxes outboxes;
    private final HubEffects effects;

    Reception(Hub hub, Outboxes outboxes, HubEffects effects) {
        this.hub = hub;
        this.outboxes = outboxes;
        this.effects = effects;
    }

    void handle(LineEvent event, Connection connection, long nowNanos) {
        switch (event) {
            case LineEvent.Hello hello when connection.session() == null -> open(hello, connection, nowNanos);
            case LineEvent.Resume resume when connection.session() == null -> resume(resume, connection, nowNanos);
            default -> inSession(event, connection, nowNanos);
        }
    }

    private void open(LineEvent.Hello hello, Connection connection, long nowNanos) {
        outboxes.attach(hello.id(), connection);
        run(new HubEvent.Opened(hello.id(), connection.remote(), hello.key()), nowNanos);
    }

    private void resume(LineEvent.Resume resume, Connection connection, long nowNanos) {
        var event = new HubEvent.Resumed(
                resume.presented(), resume.received(), connection.remote(), resume.next(), resume.ref());
        hub.handle(event, nowNanos).forEach(effect -> effects.run(effect, connection));
    }

    private void inSession(LineEvent event, Connection connection, long nowNanos) {
        SessionId session = connection.session();
        if (session == null) {
            withoutSession(event, connection);
        } else if (connection.equals(outboxes.find(session))) {
            run(eventOf(event, session), nowNanos);
        }
    }

    private void withoutSession(LineEvent event, Connection connection) {
        boolean spoke = event instanceof LineEvent.Message || event instanceof LineEvent.BadMessage;
        // After a refusal it may have been meant for the session that is no more.
        if (spoke && !connection.wasRefused()) {
            outboxes.queue(connection, new Outgoing.Close(CloseReason.NO_HELLO));
        }
    }

    private static HubEvent eventOf(LineEvent event, SessionId session) {
        return switch (event) {
            case LineEvent.Message(var stamp, var message) -> new HubEvent.Received(session, stamp, message);
            case LineEvent.BadMessage(var stamp, var refusal, var detail, var ref) ->
                new HubEvent.Rejected(session, stamp, refusal, detail, ref);
            case LineEvent.Heard() -> new HubEvent.Heard(session);
            case LineEvent.Closed(var departure) -> new HubEvent.Closed(session, departure);
            case LineEvent.Hello hello -> saidHello(session, null);
            case LineEvent.Resume resume -> saidHello(session, resume.ref());
        };
    }

    private static HubEvent saidHello(SessionId session, @Nullable Ref ref) {
        return new HubEvent.Rejected(
                session, Stamp.NONE, Refusal.BAD_MESSAGE, "this connection has a session already", ref);
    }

    /** A mistake of ours costs the session that met it, not the hub. */
    void giveUp(Connection connection, long nowNanos) {
        outboxes.queue(connection, new Outgoing.Close(CloseReason.INTERNAL_ERROR));
        SessionId session = connection.session();
        if (session != null && connection.equals(outboxes.find(session))) {
            run(new HubEvent.Closed(session, Departure.CLOSED), nowNanos);
            outboxes.remove(session);
        }
    }

    void run(HubEvent event, long nowNanos) {
        hub.handle(event, nowNanos).forEach(effect -> effects.run(effect, null));
    }
}
