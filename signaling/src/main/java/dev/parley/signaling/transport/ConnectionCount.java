package dev.parley.signaling.transport;

import dev.parley.signaling.core.AddressPrefix;
import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts TCP connections, in total and by address. Shared by all event loops; no larger than the connections there
 * are.
 */
final class ConnectionCount {
    private final int maxTotal;
    private final int maxPerAddress;
    private final AtomicInteger total = new AtomicInteger();
    private final Map<AddressPrefix, Integer> countByAddress = new ConcurrentHashMap<>();

    ConnectionCount(HubLimits limits) {
        this.maxTotal = limits.of(HubLimit.CONNECTIONS);
        this.maxPerAddress = limits.of(HubLimit.CONNECTIONS_PER_ADDRESS);
    }

    /** Whether one more from this address may stay; then it must be released once. */
    boolean tryAcquire(AddressPrefix address) {
        if (total.incrementAndGet() > maxTotal) {
            total.decrementAndGet();
            return false;
        }
        if (countByAddress.merge(address, 1, Integer::sum) > maxPerAddress) {
            release(address);
            return false;
        }
        return true;
    }

    void release(AddressPrefix address) {
        countByAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
        total.decrementAndGet();
    }

    int total() {
        return total.get();
    }

    int addresses() {
        return countByAddress.size();
    }
}
