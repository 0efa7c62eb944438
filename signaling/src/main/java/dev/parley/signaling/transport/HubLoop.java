package dev.parley.signaling.transport;

import dev.parley.signaling.core.Departure;
import dev.parley.signaling.core.Hub;
import dev.parley.signaling.core.HubEvent;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread the hub runs on, with its clock and timer. Events are taken in batches; what a batch sends goes
 * out with one task an event loop. The loop waits while the event loops have not written the batches before, so
 * nothing piles up between.
 */
final class HubLoop implements HubInbox {
    /** Events between two hand-overs. */
    private static final int BATCH_EVENTS = 256;

    /** Hand-overs that may be unwritten when the next batch begins. */
    private static final int MAX_UNWRITTEN = 16;

    /** What waits for the hub: of a line, or the end of the server. */
    private sealed interface Posted {
        record OfLine(LineEvent event, Line line) implements Posted {}

        record Drain() implements Posted {}
    }

    private final Hub hub;
    private final Outboxes outboxes;
    private final Reception reception;
    private final HubCounters counters;
    private final FaultLog faults;
    private final EventExecutor executor;
    private final LongSupplier nanoClock;
    private final Queue<Posted> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean awake = new AtomicBoolean();
    private final AtomicInteger unwritten = new AtomicInteger();

    private @Nullable ScheduledFuture<?> timer;
    private long timerNanos = Long.MAX_VALUE;

    HubLoop(
            Hub hub,
            Outboxes outboxes,
            Reception reception,
            HubCounters counters,
            FaultLog faults,
            EventExecutor executor,
            LongSupplier nanoClock) {
        this.hub = hub;
        this.outboxes = outboxes;
        this.reception = reception;
        this.counters = counters;
        this.faults = faults;
        this.executor = executor;
        this.nanoClock = nanoClock;
    }

    @Override
    public void post(LineEvent event, Line line) {
        line.posted();
        inbox.add(new Posted.OfLine(event, line));
        wake();
    }

    /** Closes all sessions and takes no more; any thread. */
    void drain() {
        inbox.add(new Posted.Drain());
        wake();
    }

    private void wake() {
        if (awake.compareAndSet(false, true)) {
            try {
                executor.execute(this::run);
            } catch (RejectedExecutionException stopped) {
                inbox.clear(); // the server has stopped; nobody waits for an answer
            }
        }
    }

    private void run() {
        awake.set(false);
        if (unwritten.get() >= MAX_UNWRITTEN) {
            return; // the event loop that catches up wakes us
        }
        long nowNanos = nanoClock.getAsLong();
        if (hub.nextDeadlineNanos() <= nowNanos) {
            handle(new HubEvent.TimerFired(), nowNanos);
        }
        for (int i = 0; i < BATCH_EVENTS; i++) {
            Posted posted = inbox.poll();
            if (posted == null) {
                break;
            }
            switch (posted) {
                case Posted.OfLine(var event, var line) -> {
                    handle(event, line, nowNanos);
                    line.handled();
                }
                case Posted.Drain() -> handle(new HubEvent.Drained(), nowNanos);
            }
        }
        unwritten.incrementAndGet(); // held until all of this batch is handed over
        unwritten.addAndGet(outboxes.handOver(this::written));
        written();
        outboxes.takeSpent().forEach(line -> handle(new LineEvent.Closed(Departure.LOST), line, nowNanos));
        counters.holds(hub.sessionCount(), hub.roomCount(), hub.memberCount());
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

    /** The one catch of the hub's side, with the other below. */
    private void handle(LineEvent event, Line line, long nowNanos) {
        try {
            reception.handle(event, line, nowNanos);
        } catch (RuntimeException mistake) {
            faults.report("the hub's " + event.getClass().getSimpleName(), mistake);
            giveUp(line, nowNanos);
        }
    }

    private void giveUp(Line line, long nowNanos) {
        try {
            reception.giveUp(line, nowNanos);
        } catch (RuntimeException mistake) {
            faults.report("the hub's end of a session", mistake);
        }
    }

    private void handle(HubEvent event, long nowNanos) {
        try {
            reception.run(event, nowNanos);
        } catch (RuntimeException mistake) {
            faults.report("the hub's " + event.getClass().getSimpleName(), mistake);
        }
    }

    private void setTimer(long nowNanos) {
        long deadlineNanos = hub.nextDeadlineNanos();
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
