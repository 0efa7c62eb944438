package dev.parley.turn.loop;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.Allocation;
import dev.parley.turn.core.Relay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The allocations of one event loop that live, for what they have relayed; used on its thread only. */
public final class LiveUsage {
    private final Map<TransportAddress, Live> liveByRelayed = new HashMap<>();

    /** One allocation, with its relayed addresses that live. */
    private static final class Live {
        final Allocation allocation;
        final long sinceNanos;
        int relays;

        Live(Allocation allocation, long sinceNanos) {
            this.allocation = allocation;
            this.sinceNanos = sinceNanos;
        }

        Usage usage(long nowNanos) {
            return Usage.of(
                    allocation.name(), allocation.client().transport(), allocation.traffic(), nowNanos - sinceNanos);
        }
    }

    /** A relayed address has come to life; an allocation can have one of each family. */
    void opened(Allocation allocation, TransportAddress relayed, long nowNanos) {
        AddressFamily other = relayed.family() == AddressFamily.IPV4 ? AddressFamily.IPV6 : AddressFamily.IPV4;
        Relay sibling = allocation.findRelay(other);
        Live known = sibling == null ? null : liveByRelayed.get(sibling.relayed());
        Live live = known == null ? new Live(allocation, nowNanos) : known;
        live.relays++;
        liveByRelayed.put(relayed, live);
    }

    /** A relayed address has ended: what its allocation has relayed, or null while that has another one. */
    @Nullable
    Usage ended(TransportAddress relayed, long nowNanos) {
        Live live = liveByRelayed.remove(relayed);
        return live != null && --live.relays == 0 ? live.usage(nowNanos) : null;
    }

    /** Of all that live. */
    public List<Usage> all(long nowNanos) {
        List<Usage> all = new ArrayList<>();
        liveByRelayed.values().stream().distinct().forEach(live -> all.add(live.usage(nowNanos)));
        return all;
    }
}
