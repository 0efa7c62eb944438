package dev.parley.signaling.core;

/**
 * Lets through so much a second and so much at once. A single take may cost more than is there, as long as one
 * whole token is: the bucket then goes into debt and refuses until that is paid, so a message to a large room is
 * possible and its price true.
 */
public final class TokenBucket {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long nanosPerToken;
    private final long capacityNanos;

    /** The moment at which the bucket was, or will be, empty; the level is the time since, in tokens. */
    private long emptyAtNanos;

    public TokenBucket(int tokensPerSecond, int burst, long nowNanos) {
        this.nanosPerToken = NANOS_PER_SECOND / tokensPerSecond;
        this.capacityNanos = nanosPerToken * burst;
        this.emptyAtNanos = nowNanos - capacityNanos;
    }

    /** Takes so many, if there is at least one; false if there is none. */
    public boolean tryTake(long tokens, long nowNanos) {
        if (tokens == 0) {
            return true;
        }
        if (nowNanos - emptyAtNanos > capacityNanos) {
            emptyAtNanos = nowNanos - capacityNanos;
        }
        if (nowNanos - emptyAtNanos < nanosPerToken) {
            return false;
        }
        emptyAtNanos += tokens * nanosPerToken;
        return true;
    }
}
