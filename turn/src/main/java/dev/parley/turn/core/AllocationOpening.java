package dev.parley.turn.core;

import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.ReservationToken;
import dev.parley.ice.stun.attribute.XorMappedAddress;
import dev.parley.ice.stun.attribute.XorRelayedAddress;
import dev.parley.ice.time.DeadlineQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of every allocation, from the request in order to the answer (RFC 8656 section 7.2): for each relayed
 * address a unit of quota, a port and a socket, in this order. The client is told when the fate of all its sockets is
 * known; one of two is enough for a success.
 */
final class AllocationOpening {
    private final LimitsInForce limits;
    private final Quotas quotas;
    private final RandomGenerator random;
    private final DeadlineQueue<Timed> deadlines;
    private final Allocations allocations;
    private final AllocationTable table;
    private final RelayPorts ports;
    private final Moves moves;

    private long lastId;
    private boolean draining;

    AllocationOpening(
            LimitsInForce limits,
            Quotas quotas,
            RandomGenerator random,
            DeadlineQueue<Timed> deadlines,
            Allocations allocations,
            Moves moves) {
        this.limits = limits;
        this.quotas = quotas;
        this.random = random;
        this.deadlines = deadlines;
        this.allocations = allocations;
        this.table = allocations.table();
        this.ports = allocations.ports();
        this.moves = moves;
    }

    boolean isDraining() {
        return draining;
    }

    void startDraining() {
        draining = true;
    }

    /** First phase: everything but the sockets. */
    List<TurnEffect> begin(Exchange exchange, Identity owner, AllocateCheck.Wanted wanted, long nowNanos) {
        if (draining) {
            return exchange.refuse(RefusalReason.DRAINING);
        }
        PendingAllocate pending = new PendingAllocate(exchange, wanted, wanted.shortfalls(), nowNanos);
        Allocation allocation = new Allocation(++lastId, owner, pending, limits.now());
        if (wanted.port() instanceof PortWish.Held(long token)) {
            claim(allocation, token);
        } else {
            wanted.relays().forEach(address -> take(allocation, address, wanted.port()));
        }
        if (allocation.relays().isEmpty()) {
            return exchange.refuse(allocation.requirePending().refusal());
        }
        allocation.useBandwidth(quotas.openShare(allocation.name()));
        table.add(allocation);
        return allocation.relays().stream().map(AllocationOpening::opening).toList();
    }

    private static TurnEffect opening(Relay relay) {
        return new TurnEffect.OpenRelay(relay, relay.bindAddress());
    }

    private void take(Allocation allocation, RelayAddress address, PortWish wish) {
        RefusalReason overQuota = takeQuota(allocation);
        if (overQuota != null) {
            fallShort(allocation, address, overQuota);
            return;
        }
        int port = ports.take(address, wish);
        if (port == RelayPorts.NONE) {
            releaseQuota(allocation);
            fallShort(allocation, address, RefusalReason.PORTS_EXHAUSTED);
            return;
        }
        allocation.add(new Relay(++lastId, allocation, address, port, random.nextLong()));
    }

    /** The quota is asked first, so that a token is not spent in vain. */
    private void claim(Allocation allocation, long token) {
        RelayAddress any = allocation.requirePending().wanted().relays().getFirst();
        RefusalReason overQuota = takeQuota(allocation);
        if (overQuota != null) {
            fallShort(allocation, any, overQuota);
            return;
        }
        HeldPort held = ports.claim(token, allocation.owner().reserver());
        if (held == null) {
            releaseQuota(allocation);
            fallShort(allocation, any, RefusalReason.PORTS_EXHAUSTED);
            return;
        }
        Relay relay = new Relay(++lastId, allocation, held.address(), held.port(), random.nextLong());
        relay.claim(held);
        allocation.add(relay);
    }

    private static void fallShort(Allocation allocation, RelayAddress address, RefusalReason reason) {
        Shortfall shortfall = new Shortfall(address.bind().family(), reason);
        allocation.waitWith(allocation.requirePending().without(shortfall));
    }

    /** Second phase: a socket stands. */
    List<TurnEffect> opened(long relayId, long nowNanos) {
        Relay relay = requireWaiting(relayId);
        if (relay.state() == Relay.State.DOOMED) {
            allocations.forget(relay);
            return List.of(new TurnEffect.CloseRelay(relay));
        }
        relay.open();
        return settle(relay.allocation(), nowNanos);
    }

    /**
     * Second phase, failed: somebody else has that port. The next one is drawn before the failed one goes back, so it
     * differs.
     */
    List<TurnEffect> refused(long relayId, long nowNanos) {
        Relay relay = requireWaiting(relayId);
        if (relay.state() == Relay.State.DOOMED) {
            allocations.forget(relay);
            return List.of();
        }
        PortWish wish = relay.allocation().requirePending().wanted().port();
        int next =
                relay.attempts() < limits.now().relayAttempts() ? ports.take(relay.address(), wish) : RelayPorts.NONE;
        if (next == RelayPorts.NONE) {
            return giveUp(relay, nowNanos);
        }
        ports.release(relay.address(), relay.port(), wish);
        relay.retryWith(next);
        return List.of(opening(relay));
    }

    /** A socket failed, perhaps while that of the other family is still awaited; the relay may have ended meanwhile. */
    List<TurnEffect> lost(long relayId, long nowNanos) {
        Relay relay = table.findRelay(relayId);
        if (relay == null || relay.state() != Relay.State.OPEN) {
            return relay == null ? List.of() : allocations.end(relay, EndReason.RELAY_LOST);
        }
        List<TurnEffect> effects = new ArrayList<>();
        effects.add(new TurnEffect.CloseRelay(relay));
        effects.addAll(giveUp(relay, nowNanos));
        return effects;
    }

    private List<TurnEffect> giveUp(Relay relay, long nowNanos) {
        Allocation allocation = relay.allocation();
        allocations.forget(relay);
        fallShort(allocation, relay.address(), RefusalReason.RELAY_REFUSED);
        return settle(allocation, nowNanos);
    }

    private Relay requireWaiting(long relayId) {
        Relay relay = table.findRelay(relayId);
        if (relay == null || (relay.state() != Relay.State.PENDING && relay.state() != Relay.State.DOOMED)) {
            throw new IllegalStateException("no socket was asked for relay " + relayId);
        }
        return relay;
    }

    /** Answers as soon as no socket is awaited any more. */
    private List<TurnEffect> settle(Allocation allocation, long nowNanos) {
        List<Relay> relays = allocation.relays();
        PendingAllocate pending = allocation.requirePending();
        if (relays.isEmpty()) {
            return pending.exchange().refuse(pending.refusal());
        }
        if (relays.stream().anyMatch(relay -> relay.state() != Relay.State.OPEN)) {
            return List.of();
        }
        List<TurnEffect> effects = new ArrayList<>();
        pending.shortfalls()
                .forEach(shortfall -> effects.add(new TurnEffect.Refused(allocation.client(), shortfall.reason())));
        long expiryNanos = nowNanos
                + Duration.ofSeconds(pending.wanted().lifetimeSeconds()).toNanos();
        for (Relay relay : relays) {
            holdNext(relay, pending.wanted().port(), nowNanos);
            relay.live(expiryNanos);
            table.addRelayed(relay);
            deadlines.schedule(relay, expiryNanos);
            effects.add(new TurnEffect.AllocationOpened(allocation.name(), allocation.client(), relay.relayed()));
        }
        TurnEffect.Reply answer = pending.exchange().success(answerTo(allocation, pending));
        allocation.open(answer);
        effects.add(answer);
        return effects;
    }

    private void holdNext(Relay relay, PortWish wish, long nowNanos) {
        if (wish instanceof PortWish.Even(boolean withNext) && withNext) {
            PortHold hold = ports.hold(relay);
            relay.holdNext(hold);
            deadlines.schedule(hold, nowNanos + Lifetimes.PORT_HOLD_NANOS);
        }
    }

    private Attribute[] answerTo(Allocation allocation, PendingAllocate pending) {
        List<Attribute> attributes = new ArrayList<>();
        allocation.relays().forEach(relay -> attributes.add(new XorRelayedAddress(relay.relayed())));
        attributes.add(new Lifetime(pending.wanted().lifetimeSeconds()));
        attributes.add(new XorMappedAddress(allocation.client().address()));
        for (Relay relay : allocation.relays()) {
            PortHold hold = relay.hold();
            if (hold != null) {
                attributes.add(new ReservationToken(hold.token()));
            }
        }
        pending.shortfalls().forEach(shortfall -> attributes.add(shortfall.asAttribute()));
        if (pending.wanted().mobile()) {
            attributes.add(moves.makeMobile(allocation));
        }
        return attributes.toArray(Attribute[]::new);
    }

    private @Nullable RefusalReason takeQuota(Allocation allocation) {
        return switch (quotas.tryAcquire(allocation.name(), allocation.chargedTo())) {
            case ADMITTED -> null;
            case USER_EXHAUSTED -> RefusalReason.USER_QUOTA;
            case ADDRESS_EXHAUSTED -> RefusalReason.ADDRESS_QUOTA;
            case TOTAL_EXHAUSTED -> RefusalReason.TOTAL_QUOTA;
        };
    }

    private void releaseQuota(Allocation allocation) {
        quotas.release(allocation.name(), allocation.chargedTo());
    }
}
