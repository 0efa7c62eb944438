package dev.parley.turn.core;

import dev.parley.ice.address.TransportAddress;
import org.jspecify.annotations.Nullable;

/**
 * The data plane: the way of each packet, found without making an object. Whether a peer may be reached is decided
 * when its route is made, kept there, and decided again when the scope's version has moved; the permission's clock is
 * looked at for every packet.
 */
final class Routes {
    private final LimitsInForce limits;
    private PeerRules rules;
    private DropReason lastDrop = DropReason.NO_ALLOCATION;

    Routes(LimitsInForce limits, PeerRules rules) {
        this.limits = limits;
        this.rules = rules;
    }

    PeerRules rules() {
        return rules;
    }

    void decideBy(PeerRules newRules) {
        rules = newRules;
    }

    /** Why the last look-up found nothing. */
    DropReason lastDrop() {
        return lastDrop;
    }

    /** ChannelData from the client (RFC 8656 section 12.6). */
    @Nullable
    PeerRoute fromChannel(Allocation allocation, int channelNumber, long nowNanos) {
        PeerRoute route = allocation.channels().find(channelNumber);
        if (route == null || !route.channelIsLive(nowNanos)) {
            return drop(allocation.isLive() ? DropReason.UNBOUND_CHANNEL : DropReason.NO_ALLOCATION);
        }
        if (!route.relay().isLive(nowNanos)) {
            return drop(DropReason.NO_ALLOCATION);
        }
        return outbound(route, nowNanos);
    }

    /** A Send indication from the client (RFC 8656 section 11.2). */
    @Nullable
    PeerRoute fromSend(Allocation allocation, TransportAddress peer, long nowNanos) {
        Relay relay = allocation.findRelay(peer.family());
        if (relay == null || !relay.isLive(nowNanos)) {
            return drop(allocation.isLive() && relay == null ? DropReason.PEER_FAMILY : DropReason.NO_ALLOCATION);
        }
        PeerRoute route = relay.routes().find(peer);
        if (route != null) {
            return outbound(route, nowNanos);
        }
        route = open(relay, peer, nowNanos);
        if (route == null) {
            return null;
        }
        if (!allocation.newPeers().tryTake(nowNanos)) {
            relay.routes().remove(route);
            return drop(DropReason.PEER_LIMIT);
        }
        route.contactedAt(nowNanos);
        return route;
    }

    /** A datagram at the relayed address (RFC 8656 section 11.3), whose family is known to fit. */
    @Nullable
    PeerRoute fromPeer(Relay relay, long high, long low, int port, boolean hairpin, long nowNanos) {
        if (!relay.isLive(nowNanos)) {
            return drop(DropReason.NO_ALLOCATION);
        }
        PeerRoute route = relay.routes().find(high, low, port);
        if (route == null) {
            Permission permission = relay.permissions().find(high, low);
            if (permission == null || !permission.isLive(nowNanos)) {
                return drop(DropReason.NO_PERMISSION);
            }
            route = open(relay, new TransportAddress(relay.family(), high, low, port), nowNanos);
            if (route == null) {
                return null;
            }
        } else if (!admits(route, nowNanos)) {
            return null;
        }
        if (route.isHairpin() != hairpin) {
            return drop(hairpin ? DropReason.PEER_DENIED : DropReason.SPOOFED_RELAY);
        }
        route.heardAt(nowNanos);
        return route;
    }

    /** For ChannelBind, which brings permission and verdict itself. */
    @Nullable
    PeerRoute findOrOpen(Relay relay, TransportAddress peer, long nowNanos) {
        PeerRoute route = relay.routes().find(peer);
        if (route == null && makeRoom(relay.allocation(), nowNanos)) {
            route = new PeerRoute(relay, peer);
            relay.routes().insert(route);
            relay.allocation().traffic().peerMet();
        }
        if (route != null) {
            route.contactedAt(nowNanos);
        }
        return route;
    }

    private @Nullable PeerRoute outbound(PeerRoute route, long nowNanos) {
        if (!admits(route, nowNanos)) {
            return null;
        }
        route.contactedAt(nowNanos);
        return route;
    }

    /** Permission, then rules; both for every packet. */
    private boolean admits(PeerRoute route, long nowNanos) {
        if (!route.hasPermission(nowNanos)) {
            lastDrop = DropReason.NO_PERMISSION;
            return false;
        }
        long scopeVersion = rules.scopeVersion();
        // A refusal is not kept: what is an idle address of ours now may be somebody's relayed address later.
        if (route.scopeVersion() != scopeVersion || !route.verdict().admits()) {
            route.decide(rules.decide(route.relay(), route.peer()), scopeVersion);
        }
        if (!route.verdict().admits()) {
            lastDrop = DropReason.PEER_DENIED;
            return false;
        }
        return true;
    }

    /**
     * A route for the first packet to or from a permitted peer, or null with the reason noted; a denied peer leaves
     * no trace.
     */
    private @Nullable PeerRoute open(Relay relay, TransportAddress peer, long nowNanos) {
        Permission permission = relay.permissions().find(peer.high(), peer.low());
        if (permission == null || !permission.isLive(nowNanos)) {
            return drop(DropReason.NO_PERMISSION);
        }
        // The version is read first: if the scope moves meanwhile, the next packet decides again.
        long scopeVersion = rules.scopeVersion();
        PeerVerdict verdict = rules.decide(relay, peer);
        if (!verdict.admits()) {
            return drop(DropReason.PEER_DENIED);
        }
        if (!makeRoom(relay.allocation(), nowNanos)) {
            return drop(DropReason.PEER_LIMIT);
        }
        PeerRoute route = new PeerRoute(relay, peer);
        route.permitBy(permission);
        route.decide(verdict, scopeVersion);
        relay.routes().insert(route);
        relay.allocation().traffic().peerMet();
        return route;
    }

    /**
     * At the limit, a peer the client never wrote to gives way at once, and one that both sides left silent for a
     * while too.
     */
    private boolean makeRoom(Allocation allocation, long nowNanos) {
        if (allocation.peerCount() < limits.now().peers()) {
            return true;
        }
        PeerRoute candidate = null;
        for (Relay relay : allocation.relays()) {
            PeerRoute first = relay.routes().findMostDispensable();
            if (first != null && (candidate == null || first.isMoreDispensableThan(candidate))) {
                candidate = first;
            }
        }
        if (candidate == null || !candidate.isDispensable(nowNanos)) {
            return false;
        }
        candidate.relay().routes().remove(candidate);
        return true;
    }

    /** Notes the reason; the result is always null. */
    @Nullable
    PeerRoute drop(DropReason reason) {
        lastDrop = reason;
        return null;
    }
}
