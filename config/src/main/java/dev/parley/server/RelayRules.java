package dev.parley.server;

import dev.parley.config.PeersConfig;
import dev.parley.config.PortSpan;
import dev.parley.config.ServerConfig;
import dev.parley.ice.address.Cidr;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.PeerAddressPolicy;
import dev.parley.turn.core.LiveRelays;
import dev.parley.turn.core.PeerRules;
import dev.parley.turn.core.PortSet;
import dev.parley.turn.core.RelayScope;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * The rules about peers that are in force: made from the configuration, the host's own addresses and those of back
 * ends, and made anew when one of these changes. Any thread may call.
 */
final class RelayRules {
    private final LiveRelays relays;
    private final RelayScope scope;
    private PeersConfig peers;
    private OwnHost own;
    private Set<Cidr> backEnds;
    private PeerRules rules;

    /** @param ownAddresses of this host, in any sense */
    RelayRules(
            ServerConfig config, Set<IpAddress> ownAddresses, Set<Cidr> backEnds, LiveRelays relays, RelayScope scope) {
        this.relays = relays;
        this.scope = scope;
        this.peers = config.turn().peers();
        this.own = new OwnHost(ownAddresses, ListeningPorts.of(config));
        this.backEnds = Set.copyOf(backEnds);
        this.rules = make();
    }

    synchronized PeerRules inForce() {
        return rules;
    }

    /** Takes note of what belongs to this host and of what it depends on; true if that changed the rules. */
    synchronized boolean hostIs(Set<IpAddress> ownAddresses, Set<Cidr> backEndsNow) {
        OwnHost ownNow = new OwnHost(ownAddresses, own.ports());
        if (ownNow.equals(own) && backEndsNow.equals(backEnds)) {
            return false;
        }
        own = ownNow;
        backEnds = Set.copyOf(backEndsNow);
        rules = make();
        return true;
    }

    /** Takes other lists from now on; true if that changed the rules. */
    synchronized boolean peersAre(PeersConfig peersNow) {
        if (peersNow.equals(peers)) {
            return false;
        }
        peers = peersNow;
        rules = make();
        return true;
    }

    private PeerRules make() {
        List<Cidr> denied = new ArrayList<>(peers.deny());
        denied.addAll(backEnds);
        PeerAddressPolicy policy = new PeerAddressPolicy(peers.allow(), denied, peers.nat64Prefixes());
        return new PeerRules(policy, ports(peers.denyPorts()), own, relays, scope);
    }

    private static PortSet ports(List<PortSpan> spans) {
        BitSet ports = new BitSet();
        spans.forEach(span -> ports.set(span.first(), span.last() + 1));
        return new PortSet(ports);
    }
}
