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
 * One way to a client, whatever carries it, as hub thread and event loop share it. The hub thread collects what is to
 * be sent in a batch; the event loop takes the whole batch, so that a line is written and flushed once for it.
 *
 * <p>A session has one line after another: it is attached to each, and only what comes over the last one counts. The
 * kinds of line differ in their {@link LineWriter}, and in whether they end with the first batch, as the answer to an
 * HTTP request does.
 */
final class Line {
    /** Events waiting for the hub before this line is not read any more, and below which it is again. */
    private static final int PAUSE_READING = 64;

    private static final int RESUME_READING = 16;

    /** How often a client may name a session that does not exist. */
    private static final int REFUSED_RESUMES_MAX = 3;

    private final IpAddress remote;
    private final @Nullable Dialect dialect;
    private final Channel channel;
    private final LineWriter writer;
    private final @Nullable LineKey key;
    private final boolean oneBatch;
    private final AtomicInteger waitingForHub = new AtomicInteger();

    /** Belongs to the hub thread until handed over. */
    private List<Outgoing> batch = new ArrayList<>();

    private int refusedResumes;
    private boolean over;

    private volatile boolean paused;

    private volatile @Nullable SessionId session;

    private Line(
            IpAddress remote,
            @Nullable Dialect dialect,
            Channel channel,
            LineWriter writer,
            @Nullable LineKey key,
            boolean oneBatch) {
        this.remote = remote;
        this.dialect = dialect;
        this.channel = channel;
        this.writer = writer;
        this.key = key;
        this.oneBatch = oneBatch;
    }

    /** A connection of the session's own, such as a WebSocket. */
    static Line socket(IpAddress remote, Dialect dialect, Channel channel, LineWriter writer) {
        return new Line(remote, dialect, channel, writer, null, false);
    }

    /** A connection of a drop-in endpoint, which has no session and its own language. */
    static Line dropIn(IpAddress remote, Channel channel, LineWriter writer) {
        return new Line(remote, null, channel, writer, null, false);
    }

    /** A stream of events; {@code key} is what the client's further requests are known by. */
    static Line stream(IpAddress remote, Dialect dialect, Channel channel, LineWriter writer, LineKey key) {
        return new Line(remote, dialect, channel, writer, key, false);
    }

    /** The answer to one request, which the first batch is; {@code key} as for a stream. */
    static Line answer(IpAddress remote, Dialect dialect, Channel channel, LineWriter writer, LineKey key) {
        return new Line(remote, dialect, channel, writer, key, true);
    }

    /** What requests for the same session are known by; null if this line takes none. */
    @Nullable
    LineKey key() {
        return key;
    }

    /** Hub thread: whether nothing can be sent over it any more. */
    boolean isOver() {
        return over;
    }

    /** Hub thread. */
    void end() {
        over = true;
    }

    /** Whether it is over with the first batch that is handed over. */
    boolean isOneBatch() {
        return oneBatch;
    }

    /** Any thread: the session it belongs to, or belonged to until another line took over. */
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
        if (dialect == null) {
            throw new IllegalStateException("a line without session has no dialect");
        }
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

    /** Event loop: writes a batch. A mistake of ours costs this connection, not those whose turn is next. */
    void write(List<Outgoing> taken) {
        try {
            writer.write(taken);
        } catch (RuntimeException mistake) {
            channel.pipeline().fireExceptionCaught(mistake);
        }
    }

    /** Any thread: an event of this line went to the hub. Stops reading when too many are there. */
    void posted() {
        if (waitingForHub.incrementAndGet() == PAUSE_READING) {
            setAutoRead(false);
        }
    }

    /** Hub thread: an event of this line has been handled. */
    void handled() {
        if (waitingForHub.decrementAndGet() == RESUME_READING) {
            setAutoRead(true);
        }
    }

    /** Hub thread: nothing more is read until {@link #unpause}. */
    void pause() {
        paused = true;
        setAutoRead(false);
    }

    /** Hub thread. */
    void unpause() {
        paused = false;
        setAutoRead(true);
    }

    /** Any thread. */
    boolean isPaused() {
        return paused;
    }

    private boolean mayRead() {
        return !paused && waitingForHub.get() < PAUSE_READING;
    }

    private void setAutoRead(boolean reading) {
        if (channel.eventLoop().inEventLoop()) {
            channel.config().setAutoRead(reading && mayRead());
            return;
        }
        try {
            channel.eventLoop().execute(() -> channel.config().setAutoRead(mayRead()));
        } catch (RejectedExecutionException stopped) {
            channel.close(); // the event loops are shutting down
        }
    }
}
