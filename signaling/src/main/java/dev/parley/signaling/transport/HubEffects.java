package dev.parley.signaling.transport;

import dev.parley.signaling.auth.DenyReason;
import dev.parley.signaling.auth.IceServers;
import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.Delivery;
import dev.parley.signaling.core.HubEffect;
import dev.parley.signaling.core.Ref;
import dev.parley.signaling.core.Refusal;
import dev.parley.signaling.core.ResumeKey;
import dev.parley.signaling.core.RoomAnswer;
import dev.parley.signaling.core.ServerMessage;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.dialect.Continued;
import dev.parley.signaling.dialect.Dialect;
import dev.parley.signaling.dialect.Welcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the effects of the hub: the single switch over them. Hub thread only. */
final class HubEffects {
    /** Bytes that are copied rather than shared. */
    private static final int COPY_MAX = 1024;

    private final Outboxes outboxes;
    private final IceServers iceServers;
    private final MembershipListener listener;
    private final HubCounters counters;
    /** Who waits for an answer of the hub, for the length of one event. */
    private final Map<Long, Consumer<RoomAnswer>> askersByTicket = new HashMap<>();

    private long lastTicket;

    HubEffects(Outboxes outboxes, IceServers iceServers, MembershipListener listener, HubCounters counters) {
        this.outboxes = outboxes;
        this.iceServers = iceServers;
        this.listener = listener;
        this.counters = counters;
    }

    /**
     * One effect.
     *
     * @param source the line that the event came over, if that was not the session's
     */
    void run(HubEffect effect, @Nullable Line source) {
        switch (effect) {
            case HubEffect.Send(var to, var message) -> send(to, message);
            case HubEffect.Greet(var session, var key) -> greet(session, key);
            case HubEffect.Continue session -> greetAgain(session);
            case HubEffect.Acknowledge(var session, var received) -> acknowledge(session, received);
            case HubEffect.Attach(var session) -> attach(session, require(source));
            case HubEffect.RefuseResume(var ref) -> refuse(require(source), ref);
            case HubEffect.RenewIceServers(var session) -> renew(session);
            case HubEffect.Ping(var session) -> queue(session, new Outgoing.Ping());
            case HubEffect.Close(var session, var reason) -> close(session, reason, source);
            case HubEffect.Entered(var room, var session, var remote, var user) -> {
                listener.entered(room, session, remote);
                listener.joined(room, session, user);
            }
            case HubEffect.Moved(var session, var remote) -> listener.moved(session, remote);
            case HubEffect.Departed(var room, var session, var user, var departure) -> {
                listener.departed(room, session);
                listener.left(room, session, user, departure);
            }
            case HubEffect.Ended(var session) -> {
                outboxes.remove(session);
                listener.ended(session);
            }
            case HubEffect.Answered(var ticket, var answer) -> answer(ticket, answer);
            case HubEffect.Hidden hidden -> counters.hidAddresses();
            case HubEffect.Refused(var session, var refusal) -> counters.refused(refusal);
        }
    }

    /** A number under which the hub answers. */
    long expect(Consumer<RoomAnswer> asker) {
        lastTicket++;
        askersByTicket.put(lastTicket, asker);
        return lastTicket;
    }

    /** Does nothing if there was an answer before. */
    void answer(long ticket, RoomAnswer answer) {
        Consumer<RoomAnswer> asker = askersByTicket.remove(ticket);
        if (asker != null) {
            asker.accept(answer);
        }
    }

    /** Serialises once for all recipients of one dialect. */
    private void send(List<Delivery> to, ServerMessage message) {
        counters.messagesOut(to.size());
        Dialect encoded = null;
        byte[] text = {};
        for (Delivery delivery : to) {
            Line line = outboxes.find(delivery.to());
            if (line == null) {
                continue;
            }
            Dialect dialect = line.dialect();
            if (!dialect.equals(encoded)) {
                encoded = dialect;
                text = bytes(dialect.encode(message));
            }
            ByteBuf numbered = numbered(text, dialect, delivery.number());
            outboxes.queue(line, new Outgoing.Text(numbered, delivery.number()));
        }
    }

    /**
     * The text with its number in front, which is all that differs between the recipients. They share the bytes, unless
     * those are so few that a copy costs less than a buffer made of two.
     */
    private static ByteBuf numbered(byte[] text, Dialect dialect, long number) {
        String prefix = number == 0 ? null : dialect.numberPrefix(number);
        if (prefix == null) {
            return Unpooled.wrappedBuffer(text);
        }
        byte[] front = prefix.getBytes(StandardCharsets.US_ASCII);
        int restBytes = text.length - 1;
        if (restBytes > COPY_MAX) {
            return Unpooled.wrappedBuffer(Unpooled.wrappedBuffer(front), Unpooled.wrappedBuffer(text, 1, restBytes));
        }
        byte[] whole = Arrays.copyOf(front, front.length + restBytes);
        System.arraycopy(text, 1, whole, front.length, restBytes);
        return Unpooled.wrappedBuffer(whole);
    }

    private void greet(SessionId session, ResumeKey key) {
        Line line = outboxes.find(session);
        if (line != null) {
            Welcome welcome =
                    new Welcome(session, key, iceServers.forMember(session), iceServers.ttl(), iceServers.scope());
            queueText(line, line.dialect().encode(welcome));
        }
    }

    private void greetAgain(HubEffect.Continue session) {
        counters.resumed(session.lost());
        Line line = outboxes.find(session.session());
        if (line != null) {
            Continued continued = new Continued(
                    session.session(),
                    session.key(),
                    session.received(),
                    session.after(),
                    session.lost(),
                    iceServers.forMember(session.session()),
                    iceServers.ttl());
            queueText(line, line.dialect().encode(continued));
        }
    }

    private void acknowledge(SessionId session, long received) {
        Line line = outboxes.find(session);
        if (line != null) {
            queueText(line, line.dialect().encodeAcknowledgement(received));
        }
    }

    /** How far the hub is with the client's messages; nothing if the session is over. */
    void answerPost(Line line, long received) {
        if (received < 0) {
            outboxes.queue(line, new Outgoing.Ping());
        } else {
            queueText(line, line.dialect().encodeAcknowledgement(received));
        }
    }

    private static Line require(@Nullable Line source) {
        if (source == null) {
            throw new IllegalStateException("an effect about a line, caused without one");
        }
        return source;
    }

    private void attach(SessionId session, Line line) {
        Line before = outboxes.attach(session, line);
        if (before != null && !before.isOver()) {
            outboxes.queue(before, new Outgoing.Close(CloseReason.REPLACED));
        }
    }

    private void refuse(Line line, @Nullable Ref ref) {
        var problem = new ServerMessage.Problem(Refusal.NO_SUCH_SESSION, null, ref, null);
        counters.refused(problem.refusal());
        queueText(line, line.dialect().encode(problem));
        if (!line.refuseResume()) {
            outboxes.queue(line, new Outgoing.Close(CloseReason.NO_HELLO));
        }
    }

    /** All who are not let in hear the same; whether coming back makes sense is no secret. */
    void deny(Line line, @Nullable Ref ref, DenyReason reason) {
        denied(reason);
        var problem = new ServerMessage.Problem(Refusal.DENIED, null, ref, null);
        queueText(line, line.dialect().encode(problem));
        CloseReason close = reason.isTemporary() ? CloseReason.TRY_LATER : CloseReason.DENIED;
        outboxes.queue(line, new Outgoing.Close(close));
    }

    void denied(DenyReason reason) {
        counters.denied(reason);
    }

    private void renew(SessionId session) {
        Line line = outboxes.find(session);
        if (line != null) {
            queueText(line, line.dialect().encode(iceServers.forMember(session), iceServers.ttl()));
        }
    }

    private void queueText(Line line, String text) {
        counters.messagesOut(1);
        outboxes.queue(line, new Outgoing.Text(Unpooled.wrappedBuffer(bytes(text)), 0));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Said over the session's line, or if that is over by whoever brought what led to it. */
    private void close(SessionId session, CloseReason reason, @Nullable Line source) {
        Line line = outboxes.find(session);
        if (line != null && (source == null || !line.isOver())) {
            outboxes.queue(line, new Outgoing.Close(reason));
        } else if (source != null) {
            outboxes.queue(source, new Outgoing.Close(reason));
        }
        outboxes.remove(session);
    }

    private void queue(SessionId session, Outgoing outgoing) {
        Line line = outboxes.find(session);
        if (line != null) {
            outboxes.queue(line, outgoing);
        }
    }
}
