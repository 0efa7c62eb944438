package dev.parley.turn.quota;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.IpAddress;
import dev.parley.turn.core.BandwidthShare;
import dev.parley.turn.core.Quotas;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts allocations over all event loops. Any thread may call; a counter that falls to zero is forgotten, so nothing
 * grows for good.
 */
public final class SharedQuotas implements Quotas {
    private final SharedBandwidth bandwidth;
    private volatile QuotaLimits limits;
    private final AtomicInteger total = new AtomicInteger();
    private final Map<String, Integer> countByName = new ConcurrentHashMap<>();
    private final Map<IpAddress, Integer> countBySource = new ConcurrentHashMap<>();

    /** Quotas with no limit on bandwidth. */
    public SharedQuotas(QuotaLimits limits) {
        this(limits, BandwidthLimits.NONE);
    }

    public SharedQuotas(QuotaLimits limits, BandwidthLimits bandwidthLimits) {
        this.limits = limits;
        this.bandwidth = new SharedBandwidth(bandwidthLimits);
    }

    /** Holds for allocations and packets to come; who has more than the new quota keeps what lives. */
    public void changeLimits(QuotaLimits newLimits, BandwidthLimits newBandwidthLimits) {
        limits = newLimits;
        bandwidth.changeLimits(newBandwidthLimits);
    }

    @Override
    public QuotaDecision tryAcquire(String name, IpAddress client) {
        QuotaLimits now = limits;
        if (!tryCount(countByName, name, now.perUser())) {
            return QuotaDecision.USER_EXHAUSTED;
        }
        if (!tryCount(countBySource, source(client), now.perAddress())) {
            uncount(countByName, name);
            return QuotaDecision.ADDRESS_EXHAUSTED;
        }
        if (total.incrementAndGet() > now.total()) {
            release(name, client);
            return QuotaDecision.TOTAL_EXHAUSTED;
        }
        return QuotaDecision.ADMITTED;
    }

    @Override
    public void release(String name, IpAddress client) {
        uncount(countByName, name);
        uncount(countBySource, source(client));
        total.decrementAndGet();
    }

    @Override
    public BandwidthShare openShare(String name) {
        return bandwidth.open(name);
    }

    /** Users who have an allocation now. */
    public int users() {
        return bandwidth.users();
    }

    /** Allocations alive now, in the whole process. */
    public int total() {
        return total.get();
    }

    private static <K> boolean tryCount(Map<K, Integer> counts, K key, int limit) {
        boolean[] counted = new boolean[1];
        counts.compute(key, (k, count) -> {
            int before = count == null ? 0 : count;
            counted[0] = before < limit;
            return counted[0] ? Integer.valueOf(before + 1) : count;
        });
        return counted[0];
    }

    private static <K> void uncount(Map<K, Integer> counts, K key) {
        counts.compute(key, (k, count) -> {
            if (count == null) {
                throw new IllegalStateException("released more often than acquired: " + key);
            }
            return count == 1 ? null : Integer.valueOf(count - 1);
        });
    }

    /** One household or host is an IPv4 address or an IPv6 /64. */
    private static IpAddress source(IpAddress client) {
        return client.family() == AddressFamily.IPV4 ? client : IpAddress.ofIpv6(client.high(), 0);
    }
}
