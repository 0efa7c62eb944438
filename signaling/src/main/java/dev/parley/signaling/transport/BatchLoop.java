package dev.parley.signaling.transport;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread a core runs on, with its clock and timer. Events are taken in batches; what a batch sends goes
 * out with one task an event loop. The loop waits while the event loops have not written the batches before, so
 * nothing piles up between.
 *
 * @param <E> what can happen on a line
 */
final class BatchLoop<E> {
    /** Events between two hand-overs. */
    private static final int BATCH_EVENTS = 256;

    /** Hand-overs that may be unwritten when the next batch begins. */
    private static final int MAX_UNWRITTEN = 16;

    /** Where the events are dealt with; called on the loop's thread alone. */
    interface Desk<E> {
        /** When {@link #timerFired} is due; {@code Long.MAX_VALUE} if nothing waits. */
        long nextDeadlineNanos();

        void timerFired(long nowNanos);

        void handle(E event, Line line, long nowNanos);

        /** A mistake of ours costs the line that met it, nobody else. */
        void giveUp(Line line, long nowNanos);

        /** Nothing can be sent over it any more. */
        void spent(Line line, long nowNanos);

        /** Closes all lines and takes no more. */
        void drain(long nowNanos);

        /** A batch has been handed over. */
        void batchDone();
    }

    /** What waits for the core: of a line, or of the server itself. */
    private sealed interface Posted<E> {
        record OfLine<E>(E event, Line line) implements Posted<E> {}

        record OfServer<E>(String what, LongConsumer action) implements Posted<E> {}
    }

    private final Desk<E> desk;
    private final Outboxes outboxes;
    private final FaultLog faults;
    private final EventExecutor executor;
    private final LongSupplier nanoClock;
    private final Queue<Posted<E>> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean awake = new AtomicBoolean();
    private final AtomicInteger unwritten = new AtomicInteger();

    private @Nullable ScheduledFuture<?> timer;
    private long timerNanos = Long.MAX_VALUE;

    BatchLoop(Desk<E> desk, Outboxes outboxes, FaultLog faults, EventExecutor executor, LongSupplier nanoClock) {
        this.desk = desk;
        this.outboxes = outboxes;
        this.faults = faults;
        this.executor = executor;
        this.nanoClock = nanoClock;
    }

    /**
     * Any thread; events of one line are handled in order. What an event loop reads in one go is taken as one batch:
     * waking a thread costs more than a message.
     */
    void post(E event, Line line) {
        line.posted();
        inbox.add(new Posted.OfLine<>(event, line));
        EventLoop reading = line.channel().eventLoop();
        if (!reading.inEventLoop()) {
            wake();
        } else if (awake.compareAndSet(false, true)) {
            afterReading(reading);
        }
    }

    private void afterReading(EventLoop reading) {
        try {
            reading.execute(this::begin);
        } catch (RejectedExecutionException stopping) {
            begin();
        }
    }

    /** Any thread. */
    void drain() {
        post("drain", desk::drain);
    }

    /**
     * Something of the server itself, in its turn; any thread.
     *
     * @param what for the log of mistakes
     * @param action is given the time
     */
    void post(String what, LongConsumer action) {
        inbox.add(new Posted.OfServer<>(what, action));
        wake();
    }

    private void wake() {
        if (awake.compareAndSet(false, true)) {
            begin();
        }
    }

    private void begin() {
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException stopped) {
            inbox.clear(); // the server has stopped; nobody waits for an answer
        }
    }

    private void run() {
        awake.set(false);
        if (unwritten.get() >= MAX_UNWRITTEN) {
            return; // the event loop that catches up wakes us
        }
        long nowNanos = nanoClock.getAsLong();
        if (desk.nextDeadlineNanos() <= nowNanos) {
            guarded("timer", () -> desk.timerFired(nowNanos));
        }
        for (int i = 0; i < BATCH_EVENTS; i++) {
            Posted<E> posted = inbox.poll();
            if (posted == null) {
                break;
            }
            switch (posted) {
                case Posted.OfLine<E>(E event, Line line) -> {
                    handle(event, line, nowNanos);
                    line.handled();
                }
                case Posted.OfServer<E>(String what, LongConsumer action) ->
                    guarded(what, () -> action.accept(nowNanos));
            }
        }
        unwritten.incrementAndGet(); // held until all of this batch is handed over
        unwritten.addAndGet(outboxes.handOver(this::written));
        written();
        outboxes.takeSpent().forEach(line -> guarded("end of a line", () -> desk.spent(line, nowNanos)));
        desk.batchDone();
        setTimer(nowNanos);
        if (!inbox.isEmpty()) {
            wake();
        }
    }

    private void written() {
        if (unwritten.getAndDecrement() == MAX_UNWRITTEN) {
            wake();
        }
    }

    /** The one catch of a core's side, with the other below. */
    private void handle(E event, Line line, long nowNanos) {
        try {
            desk.handle(event, line, nowNanos);
        } catch (RuntimeException mistake) {
            faults.report("the hub's " + event.getClass().getSimpleName(), mistake);
            guarded("end of a session", () -> desk.giveUp(line, nowNanos));
        }
    }

    private void guarded(String what, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException mistake) {
            faults.report("the hub's " + what, mistake);
        }
    }

    private void setTimer(long nowNanos) {
        long deadlineNanos = desk.nextDeadlineNanos();
        if (deadlineNanos == timerNanos) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        timerNanos = deadlineNanos;
        if (deadlineNanos != Long.MAX_VALUE) {
            timer = executor.schedule(this::timerFired, Math.max(0, deadlineNanos - nowNanos), TimeUnit.NANOSECONDS);
        }
    }

    private void timerFired() {
        timer = null;
        timerNanos = Long.MAX_VALUE;
        wake();
    }
}
