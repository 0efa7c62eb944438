package dev.parley.turn.dtls;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what lives, in total and by source, and refuses what is over either limit; for all event loops together. */
final class SourceCount {
    private final int most;
    private final int mostPerSource;
    private final Map<Source, Integer> countBySource = new HashMap<>();
    private final LongAdder refusedInTotal = new LongAdder();
    private final LongAdder refusedOfSource = new LongAdder();
    private int total;

    /** An IPv4 address or an IPv6 /64, which is one customer. */
    private record Source(AddressFamily family, long bits) {
        static Source of(TransportAddress client) {
            return new Source(client.family(), client.family() == AddressFamily.IPV4 ? client.low() : client.high());
        }
    }

    SourceCount(int most, int mostPerSource) {
        this.most = most;
        this.mostPerSource = mostPerSource;
    }

    /** Takes a place, or says that there is none. */
    synchronized boolean tryEnter(TransportAddress client) {
        Source source = Source.of(client);
        int fromSource = countBySource.getOrDefault(source, 0);
        if (fromSource >= mostPerSource) {
            refusedOfSource.increment();
            return false;
        }
        if (total >= most) {
            refusedInTotal.increment();
            return false;
        }
        total++;
        countBySource.put(source, fromSource + 1);
        return true;
    }

    /** Gives the place back. */
    synchronized void leave(TransportAddress client) {
        total--;
        countBySource.computeIfPresent(Source.of(client), (source, count) -> count == 1 ? null : count - 1);
    }

    synchronized int total() {
        return total;
    }

    /** How often the limit of all together refused. */
    long refusedInTotal() {
        return refusedInTotal.sum();
    }

    /** How often the limit of one source refused. */
    long refusedOfSource() {
        return refusedOfSource.sum();
    }

    synchronized int sources() {
        return countBySource.size();
    }
}
