package dev.parley.turn.loop;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * Limits the answers to packets that proved nothing about their sender, so that a spoofed source cannot be flooded
 * through this server. Per source (an IPv4 address or an IPv6 /64) and in total, each a bucket refilled once a second.
 *
 * <p>The table has a fixed size and sources share a bucket when their keyed hashes collide: a stranger can make no
 * state grow, and cannot choose whom to collide with. One per event loop, used on its thread only.
 */
public final class SourceBudget {
    /** Buckets; 12 bytes each. */
    public static final int BUCKETS = 8192;

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final int perSource;
    private final int total;
    private final long hashKey;
    private final long[] windowByBucket = new long[BUCKETS];
    private final int[] spentByBucket = new int[BUCKETS];
    private long totalWindow = -1;
    private int totalSpent;

    /**
     * @param perSource answers a second to one source
     * @param total answers a second to all
     * @param hashKey secret, so that nobody can aim at another's bucket
     */
    public SourceBudget(int perSource, int total, long hashKey) {
        this.perSource = perSource;
        this.total = total;
        this.hashKey = hashKey;
        java.util.Arrays.fill(windowByBucket, -1);
    }

    /** Takes one answer from the source's budget and the total, or says that nothing may be sent. */
    public boolean tryTake(InetAddress source, long nowNanos) {
        long window = Math.floorDiv(nowNanos, SECOND_NANOS);
        int bucket = bucket(source);
        if (windowByBucket[bucket] != window) {
            windowByBucket[bucket] = window;
            spentByBucket[bucket] = 0;
        }
        if (totalWindow != window) {
            totalWindow = window;
            totalSpent = 0;
        }
        if (spentByBucket[bucket] >= perSource || totalSpent >= total) {
            return false;
        }
        spentByBucket[bucket]++;
        totalSpent++;
        return true;
    }

    private int bucket(InetAddress source) {
        byte[] bytes = source.getAddress();
        long prefix = 0;
        int length = source instanceof Inet4Address ? 4 : 8;
        for (int i = 0; i < length; i++) {
            prefix = prefix << 8 | (bytes[i] & 0xFF);
        }
        return (int) (mix(mix(prefix ^ hashKey) + hashKey) >>> 51);
    }

    /** The finaliser of SplitMix64: every input bit moves every output bit. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
