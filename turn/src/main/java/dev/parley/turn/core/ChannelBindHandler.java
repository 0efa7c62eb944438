package dev.parley.turn.core;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.attribute.ChannelNumber;
import dev.parley.ice.stun.attribute.XorPeerAddress;
import dev.parley.ice.time.DeadlineQueue;
import java.util.List;

/** Answers ChannelBind (RFC 8656 section 12.2). */
final class ChannelBindHandler {
    private final Permissions permissions;
    private final Routes routes;
    private final DeadlineQueue<Timed> deadlines;
    private final LimitsInForce limits;

    ChannelBindHandler(LimitsInForce limits, Permissions permissions, Routes routes, DeadlineQueue<Timed> deadlines) {
        this.permissions = permissions;
        this.routes = routes;
        this.deadlines = deadlines;
        this.limits = limits;
    }

    List<TurnEffect> handle(Exchange exchange, Allocation allocation, PeerRules rules, long nowNanos) {
        return switch (check(exchange.request(), allocation, rules)) {
            case BindCheck.Refused(RefusalReason reason) -> exchange.refuse(reason);
            case BindCheck.Fresh fresh -> bind(exchange, fresh, rules, nowNanos);
            case BindCheck.Known(PeerRoute binding) -> {
                refresh(binding, binding.channelNumber(), nowNanos);
                yield List.of(exchange.success());
            }
        };
    }

    /** The checks of section 12.2; the first failure answers. */
    private BindCheck check(StunMessage request, Allocation allocation, PeerRules rules) {
        ChannelNumber number = request.find(ChannelNumber.class);
        XorPeerAddress peer = request.find(XorPeerAddress.class);
        if (number == null || peer == null) {
            return new BindCheck.Refused(RefusalReason.MISSING_ATTRIBUTE);
        }
        if (!limits.now().channelNumbers().contain(number.number())) {
            return new BindCheck.Refused(RefusalReason.CHANNEL_NUMBER);
        }
        if (allocation.isTcp()) {
            return new BindCheck.Refused(RefusalReason.NOT_WITH_TCP);
        }
        Relay relay = allocation.findRelay(peer.address().family());
        if (relay == null) {
            return new BindCheck.Refused(RefusalReason.PEER_FAMILY);
        }
        PeerVerdict verdict = rules.decide(relay, peer.address());
        RefusalReason refusal = verdict.refusal();
        return refusal != null
                ? new BindCheck.Refused(refusal)
                : checkTables(relay, number.number(), peer.address(), verdict);
    }

    /** Number and peer must both be free, or both belong to one binding; then the limits. */
    private BindCheck checkTables(Relay relay, int number, TransportAddress peer, PeerVerdict verdict) {
        Allocation allocation = relay.allocation();
        PeerRoute byNumber = allocation.channels().find(number);
        PeerRoute byPeer = relay.routes().find(peer);
        boolean peerIsBound = byPeer != null && byPeer.hasChannel();
        if (byNumber != null && byNumber.equals(byPeer)) {
            return permissionLimitReached(relay, peer)
                    ? new BindCheck.Refused(RefusalReason.PERMISSION_LIMIT)
                    : new BindCheck.Known(byNumber);
        }
        if (byNumber != null || peerIsBound) {
            return new BindCheck.Refused(RefusalReason.CHANNEL_CONFLICT);
        }
        if (allocation.channels().size() >= limits.now().channels()) {
            return new BindCheck.Refused(RefusalReason.CHANNEL_LIMIT);
        }
        return permissionLimitReached(relay, peer)
                ? new BindCheck.Refused(RefusalReason.PERMISSION_LIMIT)
                : new BindCheck.Fresh(relay, number, peer, verdict);
    }

    private boolean permissionLimitReached(Relay relay, TransportAddress peer) {
        return relay.allocation().permissionCount() >= limits.now().permissions()
                && relay.permissions().find(peer.ip()) == null;
    }

    private List<TurnEffect> bind(Exchange exchange, BindCheck.Fresh fresh, PeerRules rules, long nowNanos) {
        PeerRoute route = routes.findOrOpen(fresh.relay(), fresh.peer(), nowNanos);
        if (route == null) {
            return exchange.refuse(RefusalReason.PEER_LIMIT);
        }
        route.decide(fresh.verdict(), rules.scopeVersion());
        refresh(route, fresh.number(), nowNanos);
        route.allocation().channels().insert(route);
        return List.of(new TurnEffect.ChannelBound(route, fresh.number()), exchange.success());
    }

    /** Section 12.2: the binding lives 600 s from now, and the permission of the peer's address 300 s. */
    private void refresh(PeerRoute route, int number, long nowNanos) {
        route.bindChannel(number, nowNanos + Lifetimes.CHANNEL_NANOS);
        deadlines.schedule(route, route.channelExpiryNanos());
        route.permitBy(permissions.install(route.relay(), route.peer().ip(), nowNanos));
    }
}
