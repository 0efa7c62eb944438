package dev.parley.turn.core;

import dev.parley.ice.address.TransportAddress;
import org.jspecify.annotations.Nullable;

/** The routes of one relay, by the peer's address and port. */
final class RouteTable extends ProbingTable<PeerRoute> {
    private final long secret;

    RouteTable(long secret) {
        this.secret = secret;
    }

    @Nullable
    PeerRoute find(TransportAddress peer) {
        return find(peer.high(), peer.low(), peer.port());
    }

    /** All peers of a relay have its family, so the bits decide. */
    @Nullable
    PeerRoute find(long high, long low, int port) {
        int slot = firstSlot(Hashing.mix(secret, high, low, port));
        for (PeerRoute found = at(slot); found != null; found = at(slot)) {
            TransportAddress peer = found.peer();
            if (peer.low() == low && peer.port() == port && peer.high() == high) {
                return found;
            }
            slot = nextSlot(slot);
        }
        return null;
    }

    /**
     * The first to go when room is needed, or null if all have channels; walks the whole table, which is as small as
     * its limit.
     */
    @Nullable
    PeerRoute findMostDispensable() {
        PeerRoute first = null;
        for (int slot = 0; slot < slots(); slot++) {
            PeerRoute route = at(slot);
            if (route != null && !route.hasChannel()) {
                first = first == null || route.isMoreDispensableThan(first) ? route : first;
            }
        }
        return first;
    }

    @Override
    int hashOf(PeerRoute route) {
        TransportAddress peer = route.peer();
        return Hashing.mix(secret, peer.high(), peer.low(), peer.port());
    }
}
