package dev.parley.turn.core;

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
    private final Duration maxLifetime;

    RefreshHandler(TurnSettings settings, Allocations allocations, DeadlineQueue<Timed> deadlines) {
        this.allocations = allocations;
        this.deadlines = deadlines;
        this.maxLifetime = settings.limits().maxLifetime();
    }

    List<TurnEffect> handle(Exchange exchange, Allocation allocation, long nowNanos) {
        RequestedAddressFamily family = exchange.request().find(RequestedAddressFamily.class);
        if (family != null && family.code() != allocation.family().stunCode()) {
            return exchange.refuse(RefusalReason.PEER_FAMILY);
        }
        Lifetime requested = exchange.request().find(Lifetime.class);
        if (requested != null && requested.seconds() == 0) {
            return delete(exchange, allocation);
        }
        long seconds = Lifetimes.grantedSeconds(requested == null ? 0 : requested.seconds(), maxLifetime);
        allocation.expireAt(nowNanos + Duration.ofSeconds(seconds).toNanos());
        deadlines.schedule(allocation, allocation.expiryNanos());
        return List.of(exchange.success(new Lifetime(seconds)));
    }

    private List<TurnEffect> delete(Exchange exchange, Allocation allocation) {
        List<TurnEffect> effects = new ArrayList<>(allocations.end(allocation, EndReason.DELETED));
        effects.add(exchange.success(new Lifetime(0)));
        return effects;
    }
}
