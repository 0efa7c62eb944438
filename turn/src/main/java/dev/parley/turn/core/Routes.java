package dev.parley.turn.core;

import dev.parley.ice.address.TransportAddress;
import org.jspecify.annotations.Nullable;

/**
 * The data plane: the way of each packet, found without making an object. Whether a peer may be reached is decided
 * when its route is made, kept there, and decided again when the scope's version has moved; the permission's clock is
 * looked at for every packet.
 */
final class Routes {
    private final TurnLimits limits;
    private PeerRules rules;
    private DropReason lastDrop = DropReason.NO_ALLOCATION;

    Routes(TurnLimits limits, PeerRules rules) {
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
        if (!allocation.isLive(nowNanos)) {
            return drop(DropReason.NO_ALLOCATION);
        }
        PeerRoute route = allocation.channels().find(channelNumber);
        if (route == null || !route.channelIsLive(nowNanos)) {
            return drop(DropReason.UNBOUND_CHANNEL);
        }
        return outbound(route, nowNanos);
    }

    /** A Send indication from the client (RFC 8656 section 11.2). */
    @Nullable
    PeerRoute fromSend(Allocation allocation, TransportAddress peer, long nowNanos) {
        if (!allocation.isLive(nowNanos)) {
            return drop(DropReason.NO_ALLOCATION);
        }
        if (peer.family() != allocation.family()) {
            return drop(DropReason.PEER_FAMILY);
        }
        PeerRoute route = allocation.routes().find(peer);
        if (route != null) {
            return outbound(route, nowNanos);
        }
        route = open(allocation, peer, nowNanos);
        if (route == null) {
            return null;
        }
        if (!allocation.newPeers().tryTake(nowNanos)) {
            allocation.routes().remove(route);
            return drop(DropReason.PEER_LIMIT);
        }
        route.contactedAt(nowNanos);
        return route;
    }

    /** A datagram at the relayed address (RFC 8656 section 11.3), whose family is known to fit. */
    @Nullable
    PeerRoute fromPeer(Allocation allocation, long high, long low, int port, boolean hairpin, long nowNanos) {
        if (!allocation.isLive(nowNanos)) {
            return drop(DropReason.NO_ALLOCATION);
        }
        PeerRoute route = allocation.routes().find(high, low, port);
        if (route == null) {
            Permission permission = allocation.permissions().find(high, low);
            if (permission == null || !permission.isLive(nowNanos)) {
                return drop(DropReason.NO_PERMISSION);
            }
            route = open(allocation, new TransportAddress(allocation.family(), high, low, port), nowNanos);
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
    PeerRoute findOrOpen(Allocation allocation, TransportAddress peer, long nowNanos) {
        PeerRoute route = allocation.routes().find(peer);
        if (route == null && makeRoom(allocation, nowNanos)) {
            route = new PeerRoute(allocation, peer);
            allocation.routes().insert(route);
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
        if (route.scopeVersion() != scopeVersion) {
            route.decide(rules.decide(route.allocation(), route.peer()), scopeVersion);
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
    private @Nullable PeerRoute open(Allocation allocation, TransportAddress peer, long nowNanos) {
        Permission permission = allocation.permissions().find(peer.high(), peer.low());
        if (permission == null || !permission.isLive(nowNanos)) {
            return drop(DropReason.NO_PERMISSION);
        }
        // The version is read first: if the scope moves meanwhile, the next packet decides again.
        long scopeVersion = rules.scopeVersion();
        PeerVerdict verdict = rules.decide(allocation, peer);
        if (!verdict.admits()) {
            return drop(DropReason.PEER_DENIED);
        }
        if (!makeRoom(allocation, nowNanos)) {
            return drop(DropReason.PEER_LIMIT);
        }
        PeerRoute route = new PeerRoute(allocation, peer);
        route.permitBy(permission);
        route.decide(verdict, scopeVersion);
        allocation.routes().insert(route);
        return route;
    }

    /**
     * At the limit, a peer the client never wrote to gives way at once, and one that both sides left silent for a
     * while too.
     */
    private boolean makeRoom(Allocation allocation, long nowNanos) {
        if (allocation.routes().size() < limits.peers()) {
            return true;
        }
        PeerRoute candidate = allocation.routes().findMostDispensable();
        if (candidate == null || !candidate.isDispensable(nowNanos)) {
            return false;
        }
        allocation.routes().remove(candidate);
        return true;
    }

    /** Notes the reason; the result is always null. */
    @Nullable
    PeerRoute drop(DropReason reason) {
        lastDrop = reason;
        return null;
    }
}
