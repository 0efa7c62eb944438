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

    /** Whether there may be one more; then it must be released once. */
    boolean tryAcquireTotal() {
        if (total.incrementAndGet() > maxTotal) {
            total.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Whether there may be one more of this address; then it must be released once. */
    boolean tryAcquireAddress(AddressPrefix address) {
        if (countByAddress.merge(address, 1, Integer::sum) > maxPerAddress) {
            releaseAddress(address);
            return false;
        }
        return true;
    }

    void releaseTotal() {
        total.decrementAndGet();
    }

    void releaseAddress(AddressPrefix address) {
        countByAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    int total() {
        return total.get();
    }

    int addresses() {
        return countByAddress.size();
    }
}
