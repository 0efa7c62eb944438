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

/** The allocations of one event loop: by 5-tuple, id and owner, and by relayed address while they are live. */
final class AllocationTable {
    private final ClientIndex byClient;
    private final RelayIndex byRelayed = new RelayIndex();
    private final Map<Long, Allocation> byId = new LinkedHashMap<>();
    private final Map<String, Set<Allocation>> byName = new LinkedHashMap<>();

    AllocationTable(long secret) {
        byClient = new ClientIndex(secret);
    }

    int size() {
        return byId.size();
    }

    Collection<Allocation> all() {
        return byId.values();
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
    Allocation findByRelayed(TransportAddress relayed) {
        return byRelayed.find(relayed);
    }

    @Nullable
    Allocation findById(long id) {
        return byId.get(id);
    }

    List<Allocation> ownedBy(String name) {
        return List.copyOf(byName.getOrDefault(name, Set.of()));
    }

    void add(Allocation allocation) {
        byClient.insert(allocation);
        byId.put(allocation.id(), allocation);
        byName.computeIfAbsent(allocation.name(), name -> new LinkedHashSet<>()).add(allocation);
    }

    /** Its relayed address is final and may be looked up. */
    void addRelayed(Allocation allocation) {
        byRelayed.insert(allocation);
    }

    void remove(Allocation allocation) {
        if (allocation.state() == Allocation.State.LIVE) {
            byRelayed.remove(allocation);
        }
        byClient.remove(allocation);
        byId.remove(allocation.id());
        byName.computeIfPresent(allocation.name(), (name, owned) -> {
            owned.remove(allocation);
            return owned.isEmpty() ? null : owned;
        });
    }
}
