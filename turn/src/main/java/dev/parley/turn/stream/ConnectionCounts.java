package dev.parley.turn.stream;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.IpAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections there are, in all and without a credential of one address (an IPv6 /64 counts as one). For all
 * event loops together, any thread.
 */
public final class ConnectionCounts {
    private final int most;
    private final int mostUnauthenticated;
    private final AtomicInteger live = new AtomicInteger();
    private final ConcurrentHashMap<IpAddress, Integer> unauthenticatedByNetwork = new ConcurrentHashMap<>();

    /** None yet. */
    public ConnectionCounts(StreamLimits limits) {
        most = limits.connections();
        mostUnauthenticated = limits.unauthenticatedPerAddress();
    }

    /** Takes a place among all connections, to be given back by {@link #leave}. */
    boolean tryEnter() {
        if (live.incrementAndGet() > most) {
            live.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        live.decrementAndGet();
    }

    /** Takes a place among the unauthenticated ones of its address, to be given back by {@link #end}. */
    boolean tryBegin(IpAddress address) {
        IpAddress network = networkOf(address);
        int count = unauthenticatedByNetwork.merge(network, 1, Integer::sum);
        if (count > mostUnauthenticated) {
            end(address);
            return false;
        }
        return true;
    }

    void end(IpAddress address) {
        unauthenticatedByNetwork.computeIfPresent(
                networkOf(address), (network, count) -> count == 1 ? null : count - 1);
    }

    /** Connections that have a place. */
    public int live() {
        return live.get();
    }

    /** Addresses with a place; the table shrinks with them. */
    public int networks() {
        return unauthenticatedByNetwork.size();
    }

    private static IpAddress networkOf(IpAddress address) {
        return address.family() == AddressFamily.IPV6 ? new IpAddress(AddressFamily.IPV6, address.high(), 0) : address;
    }
}
