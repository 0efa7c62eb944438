package dev.parley.signaling.auth;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log why somebody was not let in: a few lines a second, never a token, never an address. Any thread. */
final class DenialLog {
    static final int LINES_PER_SECOND = 5;

    private static final Logger LOG = LoggerFactory.getLogger("parley.auth");
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final LongSupplier nanoClock;
    private long secondBeganNanos;
    private int linesInSecond;

    DenialLog(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.secondBeganNanos = nanoClock.getAsLong();
    }

    void denied(DenyReason reason) {
        if (mayLog()) {
            LOG.info("somebody was not let in: {}", reason.label());
        }
    }

    void fault(RuntimeException mistake) {
        if (mayLog()) {
            LOG.error("a mistake in the server at the door", mistake);
        }
    }

    synchronized boolean mayLog() {
        long nowNanos = nanoClock.getAsLong();
        if (nowNanos - secondBeganNanos >= SECOND_NANOS) {
            secondBeganNanos = nowNanos;
            linesInSecond = 0;
        }
        linesInSecond++;
        return linesInSecond <= LINES_PER_SECOND;
    }
}
