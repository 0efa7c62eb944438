package dev.parley.signaling.transport;

import dev.parley.signaling.auth.Admission;
import dev.parley.signaling.auth.Applicant;
import dev.parley.signaling.auth.BearerToken;
import dev.parley.signaling.auth.Decision;
import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.Departure;
import dev.parley.signaling.core.ErrorCode;
import dev.parley.signaling.core.Hub;
import dev.parley.signaling.core.HubEvent;
import dev.parley.signaling.core.Identity;
import dev.parley.signaling.core.Refusal;
import dev.parley.signaling.core.RoomAnswer;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.RoomOrder;
import dev.parley.signaling.core.SessionId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the hub what happened on a line as what happened to its session. What comes over a line that
 * another has replaced means nothing any more. Hub thread only.
 */
final class Reception {
    private final Hub hub;
    private final Outboxes outboxes;
    private final HubEffects effects;
    private final Entrance entrance;

    Reception(Hub hub, Outboxes outboxes, HubEffects effects, Admission admission) {
        this.hub = hub;
        this.outboxes = outboxes;
        this.effects = effects;
        this.entrance = new Entrance(admission);
    }

    /** Where decisions about tokens go; before the first event. */
    void answerTo(HubInbox hub) {
        entrance.answerTo(hub);
    }

    void handle(LineEvent event, Line line, long nowNanos) {
        if (event instanceof LineEvent.Closed) {
            line.end();
        }
        if (entrance.isWaiting(line)) {
            whileWaiting(event, line, nowNanos);
        } else {
            pass(event, line, nowNanos);
        }
    }

    private void whileWaiting(LineEvent event, Line line, long nowNanos) {
        switch (event) {
            case LineEvent.Decided(var decision) -> decided(decision, line, nowNanos);
            case LineEvent.Closed closed -> {
                entrance.end(line);
                pass(closed, line, nowNanos);
            }
            default -> {
                if (!entrance.hold(event, line)) {
                    entrance.end(line);
                    outboxes.queue(line, new Outgoing.Close(CloseReason.FLOOD));
                }
            }
        }
    }

    private void decided(Decision decision, Line line, long nowNanos) {
        Entrance.Waiting waiting = entrance.end(line);
        if (waiting == null) {
            return;
        }
        boolean goesOn = switch (waiting.question()) {
            case LineEvent.Hello hello -> admit(hello, decision, line, nowNanos);
            case LineEvent.Refresh refresh -> refresh(refresh, decision, line, nowNanos);
            case LineEvent.Post post -> refreshAndGoOn(post, decision, line, nowNanos);
            default -> throw new IllegalStateException("nothing to decide about " + waiting.question());
        };
        if (goesOn) {
            waiting.held().forEach(held -> handle(held, line, nowNanos));
        }
    }

    private boolean admit(LineEvent.Hello hello, Decision decision, Line line, long nowNanos) {
        switch (decision) {
            case Decision.Admitted(var identity) -> open(hello, identity, line, nowNanos);
            case Decision.Denied(var reason) -> effects.deny(line, hello.ref(), reason);
        }
        return decision instanceof Decision.Admitted;
    }

    private boolean refresh(LineEvent.Refresh refresh, Decision decision, Line line, long nowNanos) {
        SessionId session = line.session();
        if (session == null || !line.equals(outboxes.find(session))) {
            return true; // over, or another line has taken over
        }
        run(refreshed(session, refresh, decision), nowNanos);
        return true;
    }

    private HubEvent refreshed(SessionId session, LineEvent.Refresh refresh, Decision decision) {
        return switch (decision) {
            case Decision.Admitted(var identity) ->
                new HubEvent.Refreshed(session, refresh.stamp(), identity, refresh.ref());
            case Decision.Denied(var reason) -> {
                effects.denied(reason);
                yield new HubEvent.Rejected(
                        session, refresh.stamp(), Refusal.DENIED, ErrorCode.DENIED.text(), refresh.ref());
            }
        };
    }

    /** The token that the post waited for is its first message now. */
    private boolean refreshAndGoOn(LineEvent.Post post, Decision decision, Line line, long nowNanos) {
        if (isKnown(post.presented()) && post.messages().getFirst() instanceof LineEvent.Refresh refresh) {
            run(refreshed(post.presented().session(), refresh, decision), line, nowNanos);
        }
        post(post.rest(1), line, nowNanos);
        return true;
    }

    private void pass(LineEvent event, Line line, long nowNanos) {
        switch (event) {
            case LineEvent.Hello hello
            when line.session() == null ->
                entrance.ask(applicant(hello.token(), hello.room(), hello.origin(), line), hello, line);
            case LineEvent.Refresh refresh
            when line.session() != null ->
                entrance.ask(applicant(refresh.token(), refresh.room(), refresh.origin(), line), refresh, line);
            case LineEvent.Decided _ -> {} // it is gone, nobody waits for it
            case LineEvent.Resume resume when line.session() == null -> resume(resume, line, nowNanos);
            case LineEvent.Carry carry -> carry(carry, line, nowNanos);
            case LineEvent.Post post -> post(post, line, nowNanos);
            case LineEvent.Lapsed() -> outboxes.queue(line, new Outgoing.Ping());
            default -> inSession(event, line, nowNanos);
        }
    }

    private static Applicant applicant(
            @Nullable BearerToken token, @Nullable RoomName room, @Nullable String origin, Line line) {
        return new Applicant(token, room, line.remote(), origin);
    }

    private void open(LineEvent.Hello hello, Identity identity, Line line, long nowNanos) {
        outboxes.attach(hello.id(), line);
        run(new HubEvent.Opened(hello.id(), line.remote(), hello.key(), identity), nowNanos);
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
        for (int index = 0; index < post.messages().size(); index++) {
            LineEvent.Said said = post.messages().get(index);
            if (said instanceof LineEvent.Refresh refresh) {
                // What follows waits with it, and so does the answer.
                entrance.ask(
                        applicant(refresh.token(), refresh.room(), refresh.origin(), line), post.rest(index), line);
                return;
            }
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
        boolean spoke = event instanceof LineEvent.Message
                || event instanceof LineEvent.BadMessage
                || event instanceof LineEvent.Refresh;
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
            case LineEvent.Refresh _, LineEvent.Decided _ ->
                throw new IllegalStateException("decided before it comes here: " + event);
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

    /** Whoever asks is answered whatever happens: he waits. */
    void order(RoomOrder order, Consumer<RoomAnswer> asker, long nowNanos) {
        long ticket = effects.expect(asker);
        try {
            run(new HubEvent.Ordered(ticket, order), nowNanos);
        } finally {
            effects.answer(ticket, new RoomAnswer.Refused(RoomAnswer.Reason.FAULT));
        }
    }

    void run(HubEvent event, long nowNanos) {
        hub.handle(event, nowNanos).forEach(effect -> effects.run(effect, null));
    }
}
