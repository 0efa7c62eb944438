package dev.parley.turn.loop;

import dev.parley.ice.address.TransportAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Limits the answers to packets that proved nothing about their sender, so that a spoofed source cannot be flooded
 * through this server. Per source (an IPv4 address or an IPv6 /64) and in total, each a bucket refilled once a second.
 *
 * <p>Many clients behind one NAT are one source, and their first requests come all at once when an office starts its
 * day. So a source from which a request came that was signed over a nonce, which only who receives our answers can
 * know, is good for more for a while: it could only flood itself.
 *
 * <p>The tables have a fixed size and sources share a bucket when their keyed hashes collide: a stranger can make no
 * state grow, and cannot choose whom to collide with. For all event loops together, because the ports of one source
 * are spread over them.
 */
public final class SourceBudget {
    /** Buckets, and proven sources that are remembered; 8 bytes each. */
    static final int BUCKETS = 8192;

    /** How much more a proven source gets. */
    static final int PROVEN_FACTOR = 50;

    /** Seconds that a proof is good for: as long as its nonce. */
    static final long PROVEN_SECONDS = 600;

    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int SPENT_BITS = 24;
    private static final long SPENT_MASK = (1L << SPENT_BITS) - 1;

    private final SourceHash hash;
    /** The second, and above it what was spent in it. */
    private final AtomicLongArray spentByBucket = new AtomicLongArray(BUCKETS);
    /** Upper bits of the source's hash, and the last second of its proof. */
    private final AtomicLongArray proofBySlot = new AtomicLongArray(BUCKETS);

    private final AtomicLong totalSpent = new AtomicLong();
    private volatile Limits limits;

    /**
     * An untouched budget.
     *
     * @param perSource answers a second to one source
     * @param total answers a second to all
     * @param hashKey secret, so that nobody can aim at another's bucket
     */
    public SourceBudget(int perSource, int total, long hashKey) {
        this.limits = new Limits(perSource, total);
        this.hash = new SourceHash(hashKey);
    }

    private record Limits(int perSource, int total) {}

    /** From now on. */
    public void changeLimits(int perSource, int total) {
        limits = new Limits(perSource, total);
    }

    /** Takes one answer from the source's budget and the total, or says that nothing may be sent. */
    public boolean tryTake(TransportAddress source, long nowNanos) {
        Limits now = limits;
        long second = 1 + Math.floorDiv(nowNanos, SECOND_NANOS);
        long sourceHash = hash.of(source);
        long proof = proofBySlot.get(slot(sourceHash));
        boolean isProven = tag(proof) == tag(sourceHash) && (proof & SPENT_MASK) >= (second & SPENT_MASK);
        long limit = isProven ? (long) now.perSource * PROVEN_FACTOR : now.perSource;
        return takeFrom(slot(sourceHash), second, Math.min(limit, SPENT_MASK)) && takeFromTotal(second, now.total);
    }

    /** The source has shown that it receives what is sent to it. */
    public void prove(TransportAddress source, long nowNanos) {
        long second = 1 + Math.floorDiv(nowNanos, SECOND_NANOS);
        long sourceHash = hash.of(source);
        proofBySlot.set(slot(sourceHash), tag(sourceHash) | ((second + PROVEN_SECONDS) & SPENT_MASK));
    }

    private boolean takeFrom(int bucket, long second, long limit) {
        while (true) {
            long before = spentByBucket.get(bucket);
            long after = spentIn(before, second) + 1;
            if (after > limit) {
                return false;
            }
            if (spentByBucket.compareAndSet(bucket, before, second << SPENT_BITS | after)) {
                return true;
            }
        }
    }

    private boolean takeFromTotal(long second, long limit) {
        while (true) {
            long before = totalSpent.get();
            long after = spentIn(before, second) + 1;
            if (after > limit) {
                return false;
            }
            if (totalSpent.compareAndSet(before, second << SPENT_BITS | after)) {
                return true;
            }
        }
    }

    private static long spentIn(long bucket, long second) {
        return bucket >>> SPENT_BITS == second ? bucket & SPENT_MASK : 0;
    }

    private static int slot(long sourceHash) {
        return (int) (sourceHash & (BUCKETS - 1));
    }

    private static long tag(long value) {
        return value & ~SPENT_MASK;
    }
}
