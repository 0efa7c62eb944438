package dev.parley.turn.core;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The allocations of one event loop, by 5-tuple and owner, and their relays: by id, and by relayed address while they
 * are live.
 */
final class AllocationTable {
    private final ClientIndex byClient;
    private final RelayIndex relayByRelayed = new RelayIndex();
    private final Map<Long, Relay> relayById = new LinkedHashMap<>();
    private final Map<String, Set<Allocation>> byName = new LinkedHashMap<>();
    private final Set<Allocation> all = new LinkedHashSet<>();

    AllocationTable(long secret) {
        byClient = new ClientIndex(secret);
    }

    int size() {
        return all.size();
    }

    int relayCount() {
        return relayById.size();
    }

    Collection<Relay> relays() {
        return relayById.values();
    }

    /** The allocation of a client, in whatever state. */
    @Nullable
    Allocation find(ClientKey client) {
        TransportAddress address = client.address();
        return find(address.family(), address.high(), address.low(), address.port(), client.listener());
    }

    @Nullable
    Allocation find(AddressFamily family, long high, long low, int port, int listener) {
        return byClient.find(family, high, low, port, listener);
    }

    @Nullable
    Relay findByRelayed(TransportAddress relayed) {
        return relayByRelayed.find(relayed);
    }

    @Nullable
    Relay findRelay(long id) {
        return relayById.get(id);
    }

    List<Allocation> ownedBy(String name) {
        return List.copyOf(byName.getOrDefault(name, Set.of()));
    }

    /** With the relays it has. */
    void add(Allocation allocation) {
        byClient.insert(allocation);
        all.add(allocation);
        byName.computeIfAbsent(allocation.name(), name -> new LinkedHashSet<>()).add(allocation);
        allocation.relays().forEach(relay -> relayById.put(relay.id(), relay));
    }

    /** Its relayed address is final and may be looked up. */
    void addRelayed(Relay relay) {
        relayByRelayed.insert(relay);
    }

    /** Takes a relay out of everything, its allocation too; an allocation without relays goes with its last one. */
    void remove(Relay relay) {
        if (relay.state() == Relay.State.LIVE) {
            relayByRelayed.remove(relay);
        }
        relayById.remove(relay.id());
        Allocation allocation = relay.allocation();
        allocation.remove(relay);
        if (allocation.relays().isEmpty()) {
            remove(allocation);
        }
    }

    private void remove(Allocation allocation) {
        byClient.remove(allocation);
        all.remove(allocation);
        byName.computeIfPresent(allocation.name(), (name, owned) -> {
            owned.remove(allocation);
            return owned.isEmpty() ? null : owned;
        });
    }
}
