package dev.parley.turn.core;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import org.jspecify.annotations.Nullable;

/** Allocations by the client's 5-tuple; looked up for every packet from a client, without a key object. */
final class ClientIndex extends ProbingTable<Allocation> {
    private final long secret;

    ClientIndex(long secret) {
        this.secret = secret;
    }

    @Nullable
    Allocation find(AddressFamily family, long high, long low, int port, int listener) {
        int slot = firstSlot(hash(high, low, port, listener));
        for (Allocation found = at(slot); found != null; found = at(slot)) {
            if (isOf(found.client(), family, high, low, port, listener)) {
                return found;
            }
            slot = nextSlot(slot);
        }
        return null;
    }

    private static boolean isOf(ClientKey client, AddressFamily family, long high, long low, int port, int listener) {
        TransportAddress address = client.address();
        return address.low() == low
                && address.port() == port
                && address.high() == high
                && client.listener() == listener
                && address.family() == family;
    }

    @Override
    int hashOf(Allocation allocation) {
        TransportAddress address = allocation.client().address();
        int listener = allocation.client().listener();
        return hash(address.high(), address.low(), address.port(), listener);
    }

    private int hash(long high, long low, int port, int listener) {
        return Hashing.mix(secret, high, low, (listener << 16) ^ port);
    }
}
