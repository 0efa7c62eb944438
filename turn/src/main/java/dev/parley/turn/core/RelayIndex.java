package dev.parley.turn.core;

import dev.parley.ice.address.TransportAddress;
import org.jspecify.annotations.Nullable;

/** Live relays by relayed address; looked up for every packet that hairpins. */
final class RelayIndex extends ProbingTable<Relay> {

    @Nullable
    Relay find(TransportAddress relayed) {
        int slot = firstSlot(hash(relayed));
        for (Relay found = at(slot); found != null; found = at(slot)) {
            if (found.relayed().equals(relayed)) {
                return found;
            }
            slot = nextSlot(slot);
        }
        return null;
    }

    /** Mixed, because the ports of one event loop leave regular gaps. */
    @Override
    int hashOf(Relay relay) {
        return hash(relay.relayed());
    }

    private static int hash(TransportAddress relayed) {
        return Hashing.mix(0, relayed.high(), relayed.low(), relayed.port());
    }
}
