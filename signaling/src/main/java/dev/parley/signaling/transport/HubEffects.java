package dev.parley.signaling.transport;

import dev.parley.signaling.auth.IceServers;
import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.HubEffect;
import dev.parley.signaling.core.ServerMessage;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.dialect.Dialect;
import dev.parley.signaling.dialect.Welcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the effects of the hub: the single switch over them. Hub thread only. */
final class HubEffects {
    private final Outboxes outboxes;
    private final IceServers iceServers;
    private final MembershipListener listener;
    private final HubCounters counters;

    HubEffects(Outboxes outboxes, IceServers iceServers, MembershipListener listener, HubCounters counters) {
        this.outboxes = outboxes;
        this.iceServers = iceServers;
        this.listener = listener;
        this.counters = counters;
    }

    void run(HubEffect effect) {
        switch (effect) {
            case HubEffect.Send(var to, var message) -> send(to, message);
            case HubEffect.Greet(var session) -> greet(session);
            case HubEffect.RenewIceServers(var session) -> renew(session);
            case HubEffect.Ping(var session) -> queue(session, new Outgoing.Ping());
            case HubEffect.Close(var session, var reason) -> close(session, reason);
            case HubEffect.Entered(var room, var session, var remote) -> listener.entered(room, session, remote);
            case HubEffect.Departed(var room, var session) -> listener.departed(room, session);
            case HubEffect.Ended(var session) -> {
                outboxes.remove(session);
                listener.ended(session);
            }
            case HubEffect.Refused(var session, var refusal) -> counters.refused(refusal);
        }
    }

    /** Serialises once for all recipients of one dialect. */
    private void send(List<SessionId> to, ServerMessage message) {
        counters.messagesOut(to.size());
        Dialect dialect = null;
        ByteBuf text = null;
        try {
            for (SessionId id : to) {
                Connection connection = outboxes.find(id);
                if (connection == null) {
                    continue;
                }
                if (text == null || !connection.dialect().equals(dialect)) {
                    dialect = connection.dialect();
                    release(text);
                    text = buffer(dialect.encode(message));
                }
                outboxes.queue(connection, new Outgoing.Text(text.retainedDuplicate()));
            }
        } finally {
            release(text);
        }
    }

    private static void release(@Nullable ByteBuf text) {
        if (text != null) {
            text.release();
        }
    }

    private void greet(SessionId session) {
        Connection connection = outboxes.find(session);
        if (connection != null) {
            Welcome welcome = new Welcome(session, iceServers.forMember(session), iceServers.ttl(), iceServers.scope());
            queueText(connection, connection.dialect().encode(welcome));
        }
    }

    private void renew(SessionId session) {
        Connection connection = outboxes.find(session);
        if (connection != null) {
            queueText(connection, connection.dialect().encode(iceServers.forMember(session), iceServers.ttl()));
        }
    }

    private void queueText(Connection connection, String text) {
        counters.messagesOut(1);
        outboxes.queue(connection, new Outgoing.Text(buffer(text)));
    }

    private static ByteBuf buffer(String text) {
        return ByteBufUtil.writeUtf8(ByteBufAllocator.DEFAULT, text);
    }

    /** Closes a connection, at the hub's wish or because the hub failed it. */
    void close(SessionId session, CloseReason reason) {
        queue(session, new Outgoing.Close(reason));
        outboxes.remove(session);
    }

    private void queue(SessionId session, Outgoing outgoing) {
        Connection connection = outboxes.find(session);
        if (connection != null) {
            outboxes.queue(connection, outgoing);
        }
    }
}
