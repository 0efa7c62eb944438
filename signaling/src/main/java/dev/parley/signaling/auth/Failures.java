package dev.parley.signaling.auth;

import dev.parley.signaling.core.AddressPrefix;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How often each address was not let in lately, and how long its next refusal waits because of that. Success is never
 * slowed, so guessing is slow and a correct token fast, also from the same address. Any thread.
 */
final class Failures {
    static final long FORGET_NANOS = TimeUnit.MINUTES.toNanos(30);

    /** The first refusals come at once: mistakes happen. */
    static final int FREE = 3;

    private static final long FIRST_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int MAX_DOUBLINGS = 20;

    private final int maxAddresses;
    private final long maxDelayNanos;

    /** In the order of the last failure, so that the oldest goes when there are too many. */
    private final Map<AddressPrefix, Count> countByAddress = new LinkedHashMap<>();

    private record Count(int failures, long lastNanos) {}

    Failures(int maxAddresses, Duration maxDelay) {
        this.maxAddresses = maxAddresses;
        this.maxDelayNanos = maxDelay.toNanos();
    }

    /** One more; returns how long to wait before it is told. */
    synchronized Duration note(AddressPrefix address, long nowNanos) {
        Count before = countByAddress.remove(address);
        int remembered = before == null || nowNanos - before.lastNanos() >= FORGET_NANOS ? 0 : before.failures();
        int failures = Math.min(remembered + 1, FREE + MAX_DOUBLINGS);
        countByAddress.put(address, new Count(failures, nowNanos));
        if (countByAddress.size() > maxAddresses) {
            countByAddress.remove(countByAddress.keySet().iterator().next());
        }
        if (failures <= FREE) {
            return Duration.ZERO;
        }
        return Duration.ofNanos(Math.min(FIRST_DELAY_NANOS << (failures - FREE - 1), maxDelayNanos));
    }

    synchronized int addresses() {
        return countByAddress.size();
    }
}
