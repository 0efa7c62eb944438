package dev.parley.signaling.transport;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs mistakes of our own; any thread. A client that finds one must not be able to fill the disk with
 * it, so only a few lines are written each second.
 */
final class FaultLog {
    static final int LINES_PER_SECOND = 5;

    private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final HubCounters counters;
    private final LongSupplier nanoClock;
    private final AtomicLong secondBeganNanos;
    private final AtomicInteger linesInSecond = new AtomicInteger();

    FaultLog(HubCounters counters, LongSupplier nanoClock) {
        this.counters = counters;
        this.nanoClock = nanoClock;
        this.secondBeganNanos = new AtomicLong(nanoClock.getAsLong());
    }

    /** Says where it happened, never what a client sent. */
    void report(String where, Throwable mistake) {
        counters.fault();
        if (mayLog()) {
            LOG.error("a mistake in the server at {}", where, mistake);
        }
    }

    boolean mayLog() {
        long nowNanos = nanoClock.getAsLong();
        long beganNanos = secondBeganNanos.get();
        if (nowNanos - beganNanos >= SECOND_NANOS && secondBeganNanos.compareAndSet(beganNanos, nowNanos)) {
            linesInSecond.set(0);
        }
        return linesInSecond.incrementAndGet() <= LINES_PER_SECOND;
    }
}
