package dev.parley.turn.quota;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.IpAddress;
import dev.parley.turn.core.Quotas;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts allocations over all event loops. Any thread may call; a counter that falls to zero is forgotten, so nothing
 * grows for good.
 */
public final class SharedQuotas implements Quotas {
    private final QuotaLimits limits;
    private final AtomicInteger total = new AtomicInteger();
    private final Map<String, Integer> countByName = new ConcurrentHashMap<>();
    private final Map<IpAddress, Integer> countBySource = new ConcurrentHashMap<>();

    public SharedQuotas(QuotaLimits limits) {
        this.limits = limits;
    }

    @Override
    public QuotaDecision tryAcquire(String name, IpAddress client) {
        if (!tryCount(countByName, name, limits.perUser())) {
            return QuotaDecision.USER_EXHAUSTED;
        }
        if (!tryCount(countBySource, source(client), limits.perAddress())) {
            uncount(countByName, name);
            return QuotaDecision.ADDRESS_EXHAUSTED;
        }
        if (total.incrementAndGet() > limits.total()) {
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
