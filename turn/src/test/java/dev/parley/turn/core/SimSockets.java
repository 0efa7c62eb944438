package dev.parley.turn.core;

import static dev.parley.turn.core.SimCheck.require;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import dev.parley.testing.SeededGenerator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operating system of the simulation: gives sockets or not, and knows whose ports other programs have. */
final class SimSockets {
    private final SeededGenerator seeded;
    private final Set<Integer> portsOfOthers = new HashSet<>();
    private final SimBag<Relay> asked = new SimBag<>();
    private final SimBag<Relay> open = new SimBag<>();
    private final Map<Relay, TransportAddress> bindByRelay = new HashMap<>();
    private final Map<TransportAddress, Relay> relayByBind = new HashMap<>();
    private final Map<TransportAddress, Relay> relayByRelayed = new HashMap<>();
    private final Map<AddressFamily, SimBag<TransportAddress>> live = new EnumMap<>(AddressFamily.class);

    SimSockets(SeededGenerator seeded, PortRange ports) {
        this.seeded = seeded;
        for (int i = 0; i < ports.size() / 8; i++) {
            portsOfOthers.add(seeded.between(ports.first(), ports.last()));
        }
        for (AddressFamily family : AddressFamily.values()) {
            live.put(family, new SimBag<>());
        }
    }

    void ask(Relay relay, TransportAddress bind) {
        require(!open.contains(relay) && asked.add(relay), "asked twice for", relay);
        bindByRelay.put(relay, bind);
    }

    /** One of those that wait for an answer, or null. */
    @Nullable
    Relay next() {
        return asked.draw(seeded);
    }

    /** True if the socket stands from now on. */
    boolean answer(Relay relay) {
        TransportAddress bind = bindByRelay.get(relay);
        require(asked.remove(relay), "nobody asked for", relay);
        if (bind == null || portsOfOthers.contains(bind.port()) || seeded.chance(5)) {
            return false;
        }
        require(relayByBind.put(bind, relay) == null, "two sockets on", bind);
        return open.add(relay);
    }

    void close(Relay relay) {
        TransportAddress bind = bindByRelay.remove(relay);
        require(bind != null && open.remove(relay), "no socket to close for", relay);
        relayByBind.remove(bind);
    }

    /** The client is told of this address, which is the bound one here. */
    void live(TransportAddress relayed) {
        Relay relay = relayByBind.get(relayed);
        require(relay != null, "live without a socket", relayed);
        if (relay != null) {
            require(relayByRelayed.put(relayed, relay) == null, "twice live", relayed);
            liveOf(relayed.family()).add(relayed);
        }
    }

    void ended(TransportAddress relayed) {
        require(relayByRelayed.remove(relayed) != null, "ended without being live", relayed);
        liveOf(relayed.family()).remove(relayed);
    }

    boolean isLive(TransportAddress relayed) {
        return relayByRelayed.containsKey(relayed);
    }

    @Nullable
    Relay find(TransportAddress relayed) {
        return relayByRelayed.get(relayed);
    }

    @Nullable
    Relay someOpen() {
        return open.draw(seeded);
    }

    boolean isOpen(Relay relay) {
        return open.contains(relay);
    }

    List<Relay> openRelays() {
        return open.members();
    }

    SimBag<TransportAddress> liveOf(AddressFamily family) {
        SimBag<TransportAddress> ofFamily = live.get(family);
        if (ofFamily == null) {
            throw new AssertionError("no family: " + family);
        }
        return ofFamily;
    }

    /** Relays that wait for a socket and have two ports until they have one. */
    int pairs() {
        int pairs = 0;
        for (Relay relay : asked.members()) {
            PortWish wish = relay.allocation().requirePending().wanted().port();
            pairs += wish instanceof PortWish.Even(boolean withNext) && withNext ? 1 : 0;
        }
        return pairs;
    }

    int liveCount() {
        return relayByRelayed.size();
    }

    int count() {
        return asked.size() + open.size();
    }
}
