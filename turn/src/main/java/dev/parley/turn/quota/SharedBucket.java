package dev.parley.turn.quota;

import java.util.concurrent.atomic.AtomicLong;

/** A token bucket for all event loops: one number that changes by compare-and-set. Any thread may call. */
final class SharedBucket {
    /** When everything taken so far will have flowed off. */
    private final AtomicLong emptyAtNanos;

    /** @param emptyAtNanos 0 for an empty one */
    SharedBucket(long emptyAtNanos) {
        this.emptyAtNanos = new AtomicLong(emptyAtNanos);
    }

    long emptyAtNanos() {
        return emptyAtNanos.get();
    }

    /** Takes the bytes, or nothing. */
    boolean tryTake(ByteRate rate, int bytes, long nowNanos) {
        if (rate.isUnlimited()) {
            return true;
        }
        long costNanos = rate.nanos(bytes);
        while (true) {
            long emptyAt = emptyAtNanos.get();
            // After a change of the rate the old moment may lie further ahead than the new rate ever lets it.
            long level = Math.min(Math.max(emptyAt, nowNanos), nowNanos + rate.burstNanos());
            boolean fits = level + costNanos <= nowNanos + rate.burstNanos();
            if (emptyAtNanos.compareAndSet(emptyAt, fits ? level + costNanos : level)) {
                return fits;
            }
        }
    }

    /**
     * Takes the bytes whether they fit or not.
     *
     * @return nanoseconds until they would have fitted
     */
    long charge(ByteRate rate, int bytes, long nowNanos) {
        if (rate.isUnlimited()) {
            return 0;
        }
        long costNanos = bytes == 0 ? 0 : rate.nanos(bytes);
        long mostNanos = rate.burstNanos() + rate.debtNanos();
        while (true) {
            long emptyAt = emptyAtNanos.get();
            long level = Math.min(Math.max(emptyAt, nowNanos) + costNanos, nowNanos + mostNanos);
            if (emptyAtNanos.compareAndSet(emptyAt, level)) {
                return Math.max(0, level - nowNanos - rate.burstNanos());
            }
        }
    }

    /** Gives back what was taken for a packet that another limit then kept from being sent. */
    void giveBack(ByteRate rate, int bytes) {
        if (!rate.isUnlimited()) {
            emptyAtNanos.addAndGet(-rate.nanos(bytes));
        }
    }
}
