package dev.parley.turn.quota;

/**
 * How much may be relayed, in payload bytes a second, both directions together; 0 is no limit.
 *
 * @param perAllocation by one allocation
 * @param perUser by all allocations of one user
 * @param total by this process
 */
public record BandwidthLimits(long perAllocation, long perUser, long total) {
    public static final BandwidthLimits NONE = new BandwidthLimits(0, 0, 0);

    public BandwidthLimits {
        if (perAllocation < 0 || perUser < 0 || total < 0) {
            throw new IllegalArgumentException("a bandwidth is not negative");
        }
    }
}
