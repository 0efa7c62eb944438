package dev.parley.turn.core;

import static dev.parley.turn.core.SimCheck.require;

import dev.parley.turn.quota.BandwidthLimits;
import java.util.HashMap;
import java.util.Map;

/** What was let through in a simulated world: never more than a burst, and the rate times the time that has gone by. */
final class SimBandwidth {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long LARGEST_DATAGRAM = 65_535;

    private final BandwidthLimits limits;
    private final Map<Allocation, Long> bytesByAllocation = new HashMap<>();
    private final Map<String, Long> bytesByUser = new HashMap<>();
    private long bytes;
    private int dropped;

    SimBandwidth(BandwidthLimits limits) {
        this.limits = limits;
    }

    /** Packets beyond a limit, so that a test can see that there were some. */
    int dropped() {
        return dropped;
    }

    /** A packet that has found its way. */
    void offer(Allocation allocation, int payloadBytes, long nowNanos) {
        if (allocation.bandwidth().tryTake(payloadBytes, nowNanos) != null) {
            dropped++;
            return;
        }
        bytes += payloadBytes;
        long own = bytesByAllocation.merge(allocation, (long) payloadBytes, Long::sum);
        long ofUser = bytesByUser.merge(allocation.name(), (long) payloadBytes, Long::sum);
        long age = nowNanos - allocation.createdNanos();
        require(own <= most(limits.perAllocation(), age), "more than an allocation may relay", own);
        require(ofUser <= most(limits.perUser(), nowNanos), "more than a user may relay", ofUser);
        require(bytes <= most(limits.total(), nowNanos), "more than all may relay", bytes);
    }

    private static double most(long bytesPerSecond, long nanos) {
        return Math.max(LARGEST_DATAGRAM, bytesPerSecond) + (double) bytesPerSecond * nanos / SECOND_NANOS + 1;
    }
}
