package dev.parley.signaling.transport;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.dialect.Dialect;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket as hub thread and event loop share it. The hub thread collects what is to be sent in a batch; the
 * event loop takes the whole batch, so that a connection is written and flushed once for it.
 */
final class Connection {
    /** Events waiting for the hub before this connection is not read any more, and below which it is again. */
    private static final int PAUSE_READING = 64;

    private static final int RESUME_READING = 16;

    /** How often a client may name a session that does not exist. */
    private static final int REFUSED_RESUMES_MAX = 3;

    private final IpAddress remote;
    private final Dialect dialect;
    private final Channel channel;
    private final SocketWriter writer;
    private final AtomicInteger waitingForHub = new AtomicInteger();

    /** Belongs to the hub thread until handed over. */
    private List<Outgoing> batch = new ArrayList<>();

    private int refusedResumes;

    private volatile @Nullable SessionId session;

    Connection(IpAddress remote, Dialect dialect, Channel channel, SocketWriter writer) {
        this.remote = remote;
        this.dialect = dialect;
        this.channel = channel;
        this.writer = writer;
    }

    /** Any thread: the session it belongs to, or belonged to until another connection took over. */
    @Nullable
    SessionId session() {
        return session;
    }

    /** Hub thread. */
    void attach(SessionId id) {
        session = id;
    }

    /** Hub thread: returns whether the client may try again. */
    boolean refuseResume() {
        refusedResumes++;
        return refusedResumes <= REFUSED_RESUMES_MAX;
    }

    /** Hub thread: whether it was refused and what came after that may have been meant for the session. */
    boolean wasRefused() {
        return refusedResumes > 0;
    }

    IpAddress remote() {
        return remote;
    }

    Dialect dialect() {
        return dialect;
    }

    Channel channel() {
        return channel;
    }

    /** Hub thread: adds to the batch; returns whether the batch was empty before. */
    boolean queue(Outgoing outgoing) {
        batch.add(outgoing);
        return batch.size() == 1;
    }

    /** Hub thread: the batch so far; the caller writes it on the event loop. */
    List<Outgoing> takeBatch() {
        List<Outgoing> taken = batch;
        batch = new ArrayList<>();
        return taken;
    }

    /** Event loop: writes a batch. */
    void write(List<Outgoing> taken) {
        writer.write(taken);
    }

    /** Any thread: an event of this connection went to the hub. Stops reading when too many are there. */
    void posted() {
        if (waitingForHub.incrementAndGet() == PAUSE_READING) {
            setAutoRead(false);
        }
    }

    /** Hub thread: an event of this connection has been handled. */
    void handled() {
        if (waitingForHub.decrementAndGet() == RESUME_READING) {
            setAutoRead(true);
        }
    }

    private void setAutoRead(boolean reading) {
        if (channel.eventLoop().inEventLoop()) {
            channel.config().setAutoRead(reading);
            return;
        }
        try {
            channel.eventLoop().execute(() -> channel.config().setAutoRead(waitingForHub.get() < PAUSE_READING));
        } catch (RejectedExecutionException stopped) {
            channel.close(); // the event loops are shutting down
        }
    }
}
