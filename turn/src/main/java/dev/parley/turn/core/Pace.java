package dev.parley.turn.core;

/** Lets things happen at a steady pace with bursts: the generic cell rate algorithm, one number of state. */
final class Pace {
    private final long intervalNanos;
    private final long toleranceNanos;
    private long nextNanos;

    /**
     * @param perSecond the steady pace
     * @param burst how many may come at once after a silence
     */
    Pace(int perSecond, int burst, long nowNanos) {
        intervalNanos = 1_000_000_000L / perSecond;
        toleranceNanos = intervalNanos * (burst - 1L);
        nextNanos = nowNanos;
    }

    boolean tryTake(long nowNanos) {
        long earliest = Math.max(nextNanos, nowNanos);
        if (earliest - nowNanos > toleranceNanos) {
            return false;
        }
        nextNanos = earliest + intervalNanos;
        return true;
    }
}
