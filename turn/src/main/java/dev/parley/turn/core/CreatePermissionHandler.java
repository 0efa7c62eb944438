package dev.parley.turn.core;

import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.attribute.XorPeerAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers CreatePermission (RFC 8656 section 10.2): all peers of the request get their permission, or none does. */
final class CreatePermissionHandler {
    private final Permissions permissions;
    private final LimitsInForce limits;

    CreatePermissionHandler(LimitsInForce limits, Permissions permissions) {
        this.permissions = permissions;
        this.limits = limits;
    }

    List<TurnEffect> handle(Exchange exchange, Allocation allocation, PeerRules rules, long nowNanos) {
        List<TransportAddress> peers = exchange.request().all(XorPeerAddress.class).stream()
                .map(XorPeerAddress::address)
                .toList();
        RefusalReason refusal = findRefusal(allocation, peers, rules);
        if (refusal != null) {
            return exchange.refuse(refusal);
        }
        for (TransportAddress peer : peers) {
            permissions.install(requireRelay(allocation, peer), peer.ip(), nowNanos);
        }
        return List.of(exchange.success());
    }

    /** The checks of section 10.2 in the RFC's order, each over all peers. */
    private @Nullable RefusalReason findRefusal(Allocation allocation, List<TransportAddress> peers, PeerRules rules) {
        if (peers.isEmpty()) {
            return RefusalReason.MISSING_ATTRIBUTE;
        }
        Set<IpAddress> fresh = new LinkedHashSet<>();
        for (TransportAddress peer : peers) {
            Relay relay = allocation.findRelay(peer.family());
            if (relay == null) {
                return RefusalReason.PEER_FAMILY;
            }
            if (relay.permissions().find(peer.ip()) == null) {
                fresh.add(peer.ip());
            }
        }
        for (TransportAddress peer : peers) {
            RefusalReason refusal =
                    rules.decide(requireRelay(allocation, peer), peer).refusal();
            if (refusal != null) {
                return refusal;
            }
        }
        return allocation.permissionCount() + fresh.size() > limits.now().permissions()
                ? RefusalReason.PERMISSION_LIMIT
                : null;
    }

    /** Each peer is reached through the relayed address of its own family. */
    private static Relay requireRelay(Allocation allocation, TransportAddress peer) {
        Relay relay = allocation.findRelay(peer.family());
        if (relay == null) {
            throw new IllegalStateException("no relay for " + peer.family() + " in " + allocation);
        }
        return relay;
    }
}
