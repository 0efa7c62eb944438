package dev.parley.signaling.webhook;

import java.util.concurrent.atomic.LongAdder;

/** What became of events, for all receivers together; any thread. */
public final class WebhookCounters {
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failedAttempts = new LongAdder();
    private final LongAdder droppedFull = new LongAdder();
    private final LongAdder droppedGivenUp = new LongAdder();
    private final LongAdder waiting = new LongAdder();

    void taken() {
        waiting.increment();
    }

    void delivered() {
        waiting.decrement();
        delivered.increment();
    }

    void attemptFailed() {
        failedAttempts.increment();
    }

    void droppedBecauseFull() {
        waiting.decrement();
        droppedFull.increment();
    }

    void givenUp() {
        waiting.decrement();
        droppedGivenUp.increment();
    }

    /** Events that a receiver has taken. */
    public long deliveries() {
        return delivered.sum();
    }

    /** Calls that did not end with a status of 200 to 299. */
    public long failures() {
        return failedAttempts.sum();
    }

    /** Events that found no place. */
    public long dropsFull() {
        return droppedFull.sum();
    }

    /** Events that no receiver took in time. */
    public long dropsGivenUp() {
        return droppedGivenUp.sum();
    }

    /** Events that are still to be taken. */
    public long pending() {
        return waiting.sum();
    }
}
