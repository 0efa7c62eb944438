package dev.parley.turn.core;

import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.PeerAddressClass;
import dev.parley.ice.address.PeerAddressPolicy;
import dev.parley.ice.address.PeerDecision;
import dev.parley.ice.address.TransportAddress;

/**
 * Who may be a peer of whom: the one function every door asks (CreatePermission, ChannelBind, Send, and packets
 * coming in), so that no door can forget a rule. Immutable; a reload makes another one and hands it in with {@link
 * TurnEvent.RulesChanged}.
 */
public final class PeerRules {
    private final PeerAddressPolicy policy;
    private final PortSet deniedPorts;
    private final OwnAddresses own;
    private final LiveRelays relays;
    private final RelayScope scope;

    /** Rules that deny no port. */
    public PeerRules(PeerAddressPolicy policy, OwnAddresses own, LiveRelays relays, RelayScope scope) {
        this(policy, PortSet.EMPTY, own, relays, scope);
    }

    /** @param deniedPorts of any address but a live relayed one */
    public PeerRules(
            PeerAddressPolicy policy, PortSet deniedPorts, OwnAddresses own, LiveRelays relays, RelayScope scope) {
        this.policy = policy;
        this.deniedPorts = deniedPorts;
        this.own = own;
        this.relays = relays;
        this.scope = scope;
    }

    /**
     * The verdict on one peer endpoint.
     *
     * @param name the owner of the allocation
     * @param relayed the allocation's own relayed address
     * @param peer whom it wants to reach, or who sent to it
     */
    public PeerVerdict decide(String name, TransportAddress relayed, TransportAddress peer) {
        if (peer.port() == 0) {
            return PeerVerdict.PORT_ZERO;
        }
        if (peer.equals(relayed)) {
            return PeerVerdict.SELF;
        }
        if (own.isOwnListener(peer)) {
            return PeerVerdict.OWN_ADDRESS;
        }
        if (relays.isLive(peer)) {
            return scoped(name, peer, PeerVerdict.HAIRPIN);
        }
        if (deniedPorts.contains(peer.port())) {
            return PeerVerdict.DENIED_PORT;
        }
        PeerDecision decision = policy.decide(peer.ip());
        if (own.isOwnHost(peer.ip()) && decision.reason() != PeerAddressClass.OPERATOR_ALLOWED) {
            return PeerVerdict.OWN_ADDRESS;
        }
        return decision.allowed() ? scoped(name, peer, PeerVerdict.ADMITTED) : PeerVerdict.DENIED_ADDRESS;
    }

    /** Behind a one-to-one NAT a relay is itself under both its addresses. */
    PeerVerdict decide(Relay relay, TransportAddress peer) {
        if (peer.equals(relay.bindAddress())) {
            return PeerVerdict.SELF;
        }
        return decide(relay.allocation().name(), relay.relayed(), peer);
    }

    /**
     * True if no endpoint on this address can be a peer any more. Addresses of this host are left to the endpoints:
     * live relayed addresses are among them.
     */
    boolean deniesEveryPort(IpAddress address) {
        return !own.isOwnHost(address) && !policy.decide(address).allowed();
    }

    long scopeVersion() {
        return scope.version();
    }

    private PeerVerdict scoped(String name, TransportAddress peer, PeerVerdict ifAdmitted) {
        return scope.admits(name, peer) ? ifAdmitted : PeerVerdict.OUT_OF_SCOPE;
    }
}
