package dev.parley.signaling.transport;

import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.Departure;
import dev.parley.signaling.core.Hub;
import dev.parley.signaling.core.HubEvent;
import dev.parley.signaling.core.SessionId;

/**
 * Tells the hub what happened on a line as what happened to its session. What comes over a line that
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

    void handle(LineEvent event, Line line, long nowNanos) {
        if (event instanceof LineEvent.Closed) {
            line.end();
        }
        switch (event) {
            case LineEvent.Hello hello when line.session() == null -> open(hello, line, nowNanos);
            case LineEvent.Resume resume when line.session() == null -> resume(resume, line, nowNanos);
            case LineEvent.Carry carry -> carry(carry, line, nowNanos);
            case LineEvent.Post post -> post(post, line, nowNanos);
            case LineEvent.Lapsed() -> outboxes.queue(line, new Outgoing.Ping());
            default -> inSession(event, line, nowNanos);
        }
    }

    private void open(LineEvent.Hello hello, Line line, long nowNanos) {
        outboxes.attach(hello.id(), line);
        run(new HubEvent.Opened(hello.id(), line.remote(), hello.key()), nowNanos);
    }

    private void resume(LineEvent.Resume resume, Line line, long nowNanos) {
        var event =
                new HubEvent.Resumed(resume.presented(), resume.received(), line.remote(), resume.next(), resume.ref());
        run(event, line, nowNanos);
    }

    /** A stream begins with a sign of life: its client, and whatever is between, shall see that it is open. */
    private void carry(LineEvent.Carry carry, Line line, long nowNanos) {
        if (!isKnown(carry.presented())) {
            outboxes.queue(line, new Outgoing.UnknownSession());
            return;
        }
        if (!line.isOneBatch()) {
            outboxes.queue(line, new Outgoing.Ping());
        }
        run(new HubEvent.Carried(carry.presented().session(), carry.received(), line.remote()), line, nowNanos);
    }

    private void post(LineEvent.Post post, Line line, long nowNanos) {
        if (!isKnown(post.presented())) {
            outboxes.queue(line, new Outgoing.UnknownSession());
            return;
        }
        SessionId session = post.presented().session();
        for (LineEvent.Said said : post.messages()) {
            run(eventOf(said, session), line, nowNanos);
        }
        effects.answerPost(line, hub.receivedFrom(session));
    }

    /** Whether the key is that of the line which carries the session now, or did until just now. */
    private boolean isKnown(LineKey presented) {
        Line line = outboxes.find(presented.session());
        LineKey key = line == null ? null : line.key();
        return key != null && key.matches(presented);
    }

    private void run(HubEvent event, Line source, long nowNanos) {
        hub.handle(event, nowNanos).forEach(effect -> effects.run(effect, source));
    }

    private void inSession(LineEvent event, Line line, long nowNanos) {
        SessionId session = line.session();
        if (session == null) {
            withoutSession(event, line);
        } else if (line.equals(outboxes.find(session))) {
            run(eventOf(event, session), nowNanos);
        }
    }

    private void withoutSession(LineEvent event, Line line) {
        boolean spoke = event instanceof LineEvent.Message || event instanceof LineEvent.BadMessage;
        // After a refusal it may have been meant for the session that is no more.
        if (spoke && !line.wasRefused()) {
            outboxes.queue(line, new Outgoing.Close(CloseReason.NO_HELLO));
        }
    }

    private static HubEvent eventOf(LineEvent event, SessionId session) {
        return switch (event) {
            case LineEvent.Message(var stamp, var message) -> new HubEvent.Received(session, stamp, message);
            case LineEvent.BadMessage(var stamp, var refusal, var detail, var ref) ->
                new HubEvent.Rejected(session, stamp, refusal, detail, ref);
            case LineEvent.Heard() -> new HubEvent.Heard(session);
            case LineEvent.Closed(var departure) -> new HubEvent.Closed(session, departure);
            case LineEvent.Resume resume -> eventOf(LineEvent.BadMessage.secondHello(resume.ref()), session);
            case LineEvent.Hello _, LineEvent.Carry _, LineEvent.Post _, LineEvent.Lapsed _ ->
                eventOf(LineEvent.BadMessage.secondHello(null), session);
        };
    }

    /** A mistake of ours costs the session that met it, not the hub. */
    void giveUp(Line line, long nowNanos) {
        outboxes.queue(line, new Outgoing.Close(CloseReason.INTERNAL_ERROR));
        SessionId session = line.session();
        if (session != null && line.equals(outboxes.find(session))) {
            run(new HubEvent.Closed(session, Departure.CLOSED), nowNanos);
            outboxes.remove(session);
        }
    }

    void run(HubEvent event, long nowNanos) {
        hub.handle(event, nowNanos).forEach(effect -> effects.run(effect, null));
    }
}
