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
    private final Map<Long, Allocation> byId = new LinkedHashMap<>();
    private final HandoverIndex handovers;

    AllocationTable(long secret) {
        byClient = new ClientIndex(secret);
        handovers = new HandoverIndex(secret);
    }

    int size() {
        return byId.size();
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
        return byClient.find(client);
    }

    @Nullable
    Allocation find(AddressFamily family, long high, long low, int port, int listener) {
        return byClient.find(family, high, low, port, listener);
    }

    /** The same, also where its client is only just moving to. */
    @Nullable
    Allocation findHereOrMoving(ClientKey client) {
        Allocation here = byClient.find(client);
        Handover moving = here == null ? handovers.find(client) : null;
        return moving == null ? here : moving.allocation();
    }

    @Nullable
    Allocation findById(long id) {
        return byId.get(id);
    }

    @Nullable
    Handover findHandover(ClientKey client) {
        return handovers.find(client);
    }

    boolean isMovingTo(AddressFamily family, long high, long low, int port, int listener) {
        return handovers.size() > 0 && handovers.find(family, high, low, port, listener) != null;
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
        byId.put(allocation.id(), allocation);
        byName.computeIfAbsent(allocation.name(), name -> new LinkedHashSet<>()).add(allocation);
        allocation.relays().forEach(relay -> relayById.put(relay.id(), relay));
    }

    /** Its relayed address is final and may be looked up. */
    void addRelayed(Relay relay) {
        relayByRelayed.insert(relay);
    }

    void add(Handover handover) {
        handovers.insert(handover);
    }

    void remove(Handover handover) {
        handovers.remove(handover);
    }

    /** A mobile one has come to the 5-tuple that it has now. */
    void addClient(Allocation allocation) {
        byClient.insert(allocation);
    }

    /** A mobile one is about to leave the 5-tuple that it has, or has none any more. */
    void removeClient(Allocation allocation) {
        byClient.remove(allocation);
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
        Mobility mobility = allocation.mobility();
        if (mobility == null || !mobility.isLost()) {
            byClient.remove(allocation);
        }
        Handover handover = mobility == null ? null : mobility.handover();
        if (handover != null && handover.reachable() != null) {
            handovers.remove(handover);
        }
        byId.remove(allocation.id());
        byName.computeIfPresent(allocation.name(), (name, owned) -> {
            owned.remove(allocation);
            return owned.isEmpty() ? null : owned;
        });
    }
}
