package dev.parley.turn.core;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import org.jspecify.annotations.Nullable;

/** What has a client's 5-tuple, by that; looked up without a key object. */
abstract class ByClient<V> extends ProbingTable<V> {
    private final long secret;

    ByClient(long secret) {
        this.secret = secret;
    }

    abstract ClientKey clientOf(V value);

    final @Nullable V find(ClientKey client) {
        TransportAddress address = client.address();
        return find(address.family(), address.high(), address.low(), address.port(), client.listener());
    }

    final @Nullable V find(AddressFamily family, long high, long low, int port, int listener) {
        int slot = firstSlot(hash(high, low, port, listener));
        for (V found = at(slot); found != null; found = at(slot)) {
            if (isOf(clientOf(found), family, high, low, port, listener)) {
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
    final int hashOf(V value) {
        ClientKey client = clientOf(value);
        TransportAddress address = client.address();
        return hash(address.high(), address.low(), address.port(), client.listener());
    }

    private int hash(long high, long low, int port, int listener) {
        return Hashing.mix(secret, high, low, (listener << 16) ^ port);
    }
}
