package dev.parley.turn.core;

import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.RequestedAddressFamily;
import dev.parley.ice.time.DeadlineQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        List<Relay> relays = relaysMeant(exchange.request().find(RequestedAddressFamily.class), allocation);
        if (relays.isEmpty()) {
            return exchange.refuse(RefusalReason.PEER_FAMILY);
        }
        Lifetime requested = exchange.request().find(Lifetime.class);
        if (requested != null && requested.seconds() == 0) {
            return delete(exchange, relays);
        }
        long granted = Lifetimes.grantedSeconds(
                requested == null ? 0 : requested.seconds(), limits.now().maxLifetime());
        long seconds = Math.min(granted, exchange.mostSeconds());
        for (Relay relay : relays) {
            relay.expireAt(nowNanos + Duration.ofSeconds(seconds).toNanos());
            deadlines.schedule(relay, relay.expiryNanos());
        }
        return List.of(exchange.success(new Lifetime(seconds)));
    }

    /** Without a family, all relayed addresses of the allocation; with one, that of the family, if there is one. */
    private static List<Relay> relaysMeant(@Nullable RequestedAddressFamily family, Allocation allocation) {
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
