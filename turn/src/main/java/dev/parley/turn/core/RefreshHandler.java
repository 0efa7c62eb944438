package dev.parley.turn.core;

import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.RequestedAddressFamily;
import dev.parley.ice.time.DeadlineQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Answers Refresh (RFC 8656 section 8.2). */
final class RefreshHandler {
    private final Allocations allocations;
    private final DeadlineQueue<Timed> deadlines;
    private final LimitsInForce limits;

    RefreshHandler(LimitsInForce limits, Allocations allocations, DeadlineQueue<Timed> deadlines) {
        this.allocations = allocations;
        this.deadlines = deadlines;
        this.limits = limits;
    }

    List<TurnEffect> handle(Exchange exchange, Allocation allocation, long nowNanos) {
        List<Relay> relays = relaysMeant(exchange.request(), allocation);
        if (relays.isEmpty()) {
            return exchange.refuse(RefusalReason.PEER_FAMILY);
        }
        Lifetime requested = exchange.request().find(Lifetime.class);
        if (requested != null && requested.seconds() == 0) {
            return delete(exchange, relays);
        }
        return List.of(renew(exchange, allocation, nowNanos));
    }

    /** Whether the request is about any relayed address that there is. */
    static boolean means(StunMessage request, Allocation allocation) {
        return !relaysMeant(request, allocation).isEmpty();
    }

    /** Grants more time to what the request means, and tells it, with more attributes if need be. */
    TurnEffect.Reply renew(Exchange exchange, Allocation allocation, long nowNanos, Attribute... more) {
        Lifetime requested = exchange.request().find(Lifetime.class);
        long granted = Lifetimes.grantedSeconds(
                requested == null ? 0 : requested.seconds(), limits.now().maxLifetime());
        long seconds = Math.min(granted, exchange.mostSeconds());
        for (Relay relay : relaysMeant(exchange.request(), allocation)) {
            relay.expireAt(nowNanos + Duration.ofSeconds(seconds).toNanos());
            deadlines.schedule(relay, relay.expiryNanos());
        }
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(new Lifetime(seconds));
        attributes.addAll(List.of(more));
        return exchange.success(attributes.toArray(Attribute[]::new));
    }

    /** Without a family, all relayed addresses of the allocation; with one, that of the family, if there is one. */
    private static List<Relay> relaysMeant(StunMessage request, Allocation allocation) {
        RequestedAddressFamily family = request.find(RequestedAddressFamily.class);
        return allocation.relays().stream()
                .filter(relay ->
                        family == null || family.code() == relay.family().stunCode())
                .toList();
    }

    private List<TurnEffect> delete(Exchange exchange, List<Relay> relays) {
        List<TurnEffect> effects = new ArrayList<>();
        relays.forEach(relay -> effects.addAll(allocations.end(relay, EndReason.DELETED)));
        effects.add(exchange.success(new Lifetime(0)));
        return effects;
    }
}
