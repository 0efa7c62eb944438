package dev.parley.turn.loop;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.LiveRelays;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The relayed addresses that live in this process, and whose they are. Written by the event loops, read by all of them
 * and by the relay scope. A relayed address behind a one-to-one NAT is known by both its names, the advertised and the
 * bound one.
 */
public final class RelayDirectory implements LiveRelays {
    /**
     * One relayed address.
     *
     * @param loop the event loop that has its socket
     */
    public record Live(String name, TransportAddress relayed, TransportAddress bound, int loop) {}

    private final ConcurrentHashMap<TransportAddress, Live> liveByAddress = new ConcurrentHashMap<>();

    @Override
    public boolean isLive(TransportAddress relayed) {
        return liveByAddress.containsKey(relayed);
    }

    /** The user whose allocation has this relayed address, or null if it is not live. */
    public @Nullable String findOwner(TransportAddress relayed) {
        Live live = liveByAddress.get(relayed);
        return live == null ? null : live.name;
    }

    /** What is known of a relayed address, by either of its names, or null if it is not live. */
    public @Nullable Live find(TransportAddress relayed) {
        return liveByAddress.get(relayed);
    }

    public void opened(TransportAddress relayed, TransportAddress bound, String name, int loop) {
        Live live = new Live(name, relayed, bound, loop);
        liveByAddress.put(relayed, live);
        liveByAddress.put(bound, live);
    }

    public void ended(TransportAddress relayed) {
        Live live = liveByAddress.remove(relayed);
        if (live != null) {
            liveByAddress.remove(live.bound, live);
        }
    }
}
