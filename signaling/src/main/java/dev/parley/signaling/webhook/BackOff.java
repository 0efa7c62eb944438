package dev.parley.signaling.webhook;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long is waited before the next attempt: twice as long each time, less up to a half by chance, so that what
 * failed together does not come again together.
 *
 * @param first before the second attempt
 * @param longest before any
 * @param giveUpAfter no attempt begins later than this after the event was taken
 */
public record BackOff(Duration first, Duration longest, Duration giveUpAfter) {
    private static final int MOST_DOUBLINGS = 30;

    /** @param failures so far, at least one */
    long waitNanos(int failures, RandomGenerator random) {
        long doubled = first.toNanos() << Math.min(failures - 1, MOST_DOUBLINGS);
        long capped = doubled <= 0 ? longest.toNanos() : Math.min(doubled, longest.toNanos());
        return capped - random.nextLong(capped / 2 + 1);
    }
}
