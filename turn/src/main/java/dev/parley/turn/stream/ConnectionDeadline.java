package dev.parley.turn.stream;

import dev.parley.turn.core.ClientTransport;
import dev.parley.turn.loop.ConnectionEnd;
import dev.parley.turn.loop.TurnLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * By when a connection must have shown the next sign of life. Only whole messages count, not bytes, so dripping buys no
 * time. One timer a connection: it is never later than the deadline, and if it comes early it is set again.
 */
final class ConnectionDeadline {
    private final TurnLoop loop;
    private final StreamLimits limits;
    private final StreamConnection connection;

    private long acceptedNanos;
    private long deadlineNanos;
    private long lastMessageNanos;
    private boolean messageSeen;
    private ConnectionEnd otherwise = ConnectionEnd.HANDSHAKE_TIMEOUT;
    private @Nullable Future<?> timer;

    ConnectionDeadline(TurnLoop loop, StreamLimits limits, StreamConnection connection) {
        this.loop = loop;
        this.limits = limits;
        this.connection = connection;
    }

    void accepted() {
        acceptedNanos = loop.nowNanos();
        expect(ConnectionEnd.HANDSHAKE_TIMEOUT, acceptedNanos, limits.handshake());
    }

    /** The TLS handshake is over. */
    void handshaken() {
        expect(ConnectionEnd.FIRST_MESSAGE_TIMEOUT, loop.nowNanos(), limits.firstMessage());
    }

    /** The first byte of STUN has come: without TLS the first message had its time since the connection stood. */
    void begun(ClientTransport transport) {
        if (transport == ClientTransport.TCP) {
            expect(ConnectionEnd.FIRST_MESSAGE_TIMEOUT, acceptedNanos, limits.firstMessage());
        }
    }

    /** A whole message. For every packet, so it only takes a note. */
    void messageCame() {
        lastMessageNanos = loop.nowNanos();
        messageSeen = true;
    }

    void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void expect(ConnectionEnd reason, long sinceNanos, Duration within) {
        otherwise = reason;
        deadlineNanos = sinceNanos + within.toNanos();
        cancel();
        arm(deadlineNanos);
    }

    private void arm(long dueNanos) {
        long delayNanos = Math.max(0, dueNanos - loop.nowNanos());
        timer = loop.eventLoop().schedule(this::timerCame, delayNanos, TimeUnit.NANOSECONDS);
    }

    private void timerCame() {
        timer = null;
        long nowNanos = loop.nowNanos();
        long dueNanos = messageSeen ? lastMessageNanos + idle().toNanos() : deadlineNanos;
        if (dueNanos > nowNanos) {
            arm(dueNanos);
        } else if (messageSeen && connection.hasAllocation()) {
            arm(nowNanos + idle().toNanos()); // the allocation has a lifetime of its own
        } else {
            connection.end(messageSeen ? ConnectionEnd.IDLE : otherwise);
        }
        loop.endTurn();
    }

    private Duration idle() {
        return connection.isAuthenticated() ? limits.idleAuthenticated() : limits.idleUnauthenticated();
    }
}
