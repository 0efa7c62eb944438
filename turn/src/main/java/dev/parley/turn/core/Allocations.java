package dev.parley.turn.core;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.IpAddress;
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
 * The life of every allocation from the request to the end: quota, port and socket are taken in this order and given
 * back together, in {@link #end} or where opening fails, and nowhere else.
 */
final class Allocations {
    private final TurnLimits limits;
    private final Quotas quotas;
    private final RandomGenerator random;
    private final DeadlineQueue<Timed> deadlines;
    private final AllocationTable table;
    private final RelayPorts ports;

    private long lastId;
    private boolean draining;

    Allocations(
            TurnSettings settings,
            Quotas quotas,
            Reservations reservations,
            RandomGenerator random,
            DeadlineQueue<Timed> deadlines) {
        this.limits = settings.limits();
        this.quotas = quotas;
        this.random = random;
        this.deadlines = deadlines;
        this.table = new AllocationTable(random.nextLong());
        this.ports = new RelayPorts(settings, reservations, random);
    }

    AllocationTable table() {
        return table;
    }

    int freePorts() {
        return ports.free();
    }

    PortPool portsOf(AddressFamily family) {
        return ports.of(family);
    }

    void startDraining() {
        draining = true;
    }

    /** First phase of RFC 8656 section 7.2: everything but the socket. */
    List<TurnEffect> begin(Exchange exchange, Identity owner, AllocateCheck.Wanted wanted, long nowNanos) {
        if (draining) {
            return exchange.refuse(RefusalReason.DRAINING);
        }
        IpAddress source = exchange.client().address().ip();
        RefusalReason overQuota = refusalOf(quotas.tryAcquire(owner.name(), source));
        if (overQuota != null) {
            return exchange.refuse(overQuota);
        }
        Allocation allocation = withPort(exchange, owner, wanted, nowNanos);
        if (allocation == null) {
            quotas.release(owner.name(), source);
            return exchange.refuse(RefusalReason.PORTS_EXHAUSTED);
        }
        table.add(allocation);
        return List.of(new TurnEffect.OpenRelay(allocation, allocation.bindAddress()));
    }

    /** An allocation that has a port but no socket yet, or null if no port is as wished. */
    private @Nullable Allocation withPort(
            Exchange exchange, Identity owner, AllocateCheck.Wanted wanted, long nowNanos) {
        if (wanted.port() instanceof PortWish.Held(long token)) {
            HeldPort held = ports.claim(token, owner.name());
            if (held == null) {
                return null;
            }
            Allocation second = pending(exchange, owner, wanted.from(held.relay()), nowNanos);
            second.claim(held);
            return second;
        }
        int port = ports.take(wanted.relay().bind().family(), wanted.port());
        if (port == RelayPorts.NONE) {
            return null;
        }
        Allocation allocation = pending(exchange, owner, wanted, nowNanos);
        allocation.choosePort(port);
        return allocation;
    }

    private Allocation pending(Exchange exchange, Identity owner, AllocateCheck.Wanted wanted, long nowNanos) {
        PendingAllocate pending = new PendingAllocate(exchange, wanted, 1, nowNanos);
        Pace newPeers = new Pace(limits.newPeersPerSecond(), 8 * limits.newPeersPerSecond(), nowNanos);
        return new Allocation(++lastId, owner, pending, random.nextLong(), newPeers);
    }

    /** Second phase: the socket stands, so the client may be told. */
    List<TurnEffect> opened(long allocationId, long nowNanos) {
        Allocation allocation = requireWaiting(allocationId);
        PendingAllocate pending = allocation.requirePending();
        if (allocation.state() == Allocation.State.DOOMED) {
            forget(allocation);
            return List.of(new TurnEffect.CloseRelay(allocation));
        }
        long lifetimeSeconds = pending.wanted().lifetimeSeconds();
        if (pending.wanted().port() instanceof PortWish.Even(boolean withNext) && withNext) {
            PortHold hold = ports.hold(allocation, pending.wanted().relay());
            allocation.holdNext(hold);
            deadlines.schedule(hold, nowNanos + Lifetimes.PORT_HOLD_NANOS);
        }
        TurnEffect.Reply answer = pending.exchange().success(answerTo(allocation, pending.wanted()));
        allocation.open(answer, nowNanos + Duration.ofSeconds(lifetimeSeconds).toNanos());
        table.addRelayed(allocation);
        deadlines.schedule(allocation, allocation.expiryNanos());
        return List.of(
                new TurnEffect.AllocationOpened(allocation.name(), allocation.client(), allocation.relayed()), answer);
    }

    private static Attribute[] answerTo(Allocation allocation, AllocateCheck.Wanted wanted) {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(new XorRelayedAddress(allocation.relayed()));
        attributes.add(new Lifetime(wanted.lifetimeSeconds()));
        attributes.add(new XorMappedAddress(allocation.client().address()));
        PortHold hold = allocation.hold();
        if (hold != null) {
            attributes.add(new ReservationToken(hold.token()));
        }
        attributes.addAll(wanted.notes());
        return attributes.toArray(Attribute[]::new);
    }

    /**
     * Second phase, failed: somebody else has that port. The next one is drawn before the failed one goes back, so it
     * differs.
     */
    List<TurnEffect> refused(long allocationId) {
        Allocation allocation = requireWaiting(allocationId);
        PendingAllocate pending = allocation.requirePending();
        if (allocation.state() == Allocation.State.DOOMED) {
            forget(allocation);
            return List.of();
        }
        PortWish wish = pending.wanted().port();
        int next =
                pending.attempts() < limits.relayAttempts() ? ports.take(allocation.family(), wish) : RelayPorts.NONE;
        if (next == RelayPorts.NONE) {
            forget(allocation);
            return pending.exchange().refuse(RefusalReason.RELAY_REFUSED);
        }
        ports.release(allocation.family(), allocation.port(), wish);
        allocation.choosePort(next);
        allocation.retryWith(pending.nextAttempt());
        return List.of(new TurnEffect.OpenRelay(allocation, allocation.bindAddress()));
    }

    private Allocation requireWaiting(long allocationId) {
        Allocation allocation = table.findById(allocationId);
        if (allocation == null || allocation.state() == Allocation.State.LIVE) {
            throw new IllegalStateException("no socket was asked for allocation " + allocationId);
        }
        return allocation;
    }

    /**
     * The end of an allocation, whatever its state; one that still waits for its socket ends when the socket's fate
     * is known.
     */
    List<TurnEffect> end(Allocation allocation, EndReason reason) {
        if (allocation.state() != Allocation.State.LIVE) {
            allocation.doom();
            return List.of();
        }
        List<TurnEffect> effects = new ArrayList<>();
        allocation.permissions().forEach(deadlines::cancel);
        allocation.channels().forEach(binding -> {
            deadlines.cancel(binding);
            effects.add(new TurnEffect.ChannelUnbound(binding, binding.channelNumber()));
        });
        forget(allocation);
        effects.add(new TurnEffect.CloseRelay(allocation));
        effects.add(
                new TurnEffect.AllocationEnded(allocation.name(), allocation.client(), allocation.relayed(), reason));
        return effects;
    }

    /** All allocations of a user, also those that wait for their sockets. */
    List<TurnEffect> revoke(String name) {
        List<TurnEffect> effects = new ArrayList<>();
        for (Allocation allocation : table.ownedBy(name)) {
            effects.addAll(end(allocation, EndReason.REVOKED));
        }
        return effects;
    }

    /** An allocation whose socket failed; it may have ended meanwhile. */
    List<TurnEffect> lost(long allocationId) {
        Allocation allocation = table.findById(allocationId);
        return allocation == null ? List.of() : end(allocation, EndReason.RELAY_LOST);
    }

    private void forget(Allocation allocation) {
        deadlines.cancel(allocation);
        table.remove(allocation);
        releasePort(allocation);
        quotas.release(allocation.name(), allocation.client().address().ip());
        allocation.end();
    }

    private void releasePort(Allocation allocation) {
        HeldPort claimed = allocation.claimed();
        if (claimed != null) {
            ports.release(claimed);
        } else if (allocation.state() == Allocation.State.LIVE) {
            PortHold hold = allocation.hold();
            if (hold != null) {
                endHold(hold);
            }
            ports.of(allocation.family()).release(allocation.port());
        } else {
            PortWish wish = allocation.requirePending().wanted().port();
            ports.release(allocation.family(), allocation.port(), wish);
        }
    }

    /** Nobody claimed the port next to an allocation's in time, or that allocation ends. */
    void endHold(PortHold hold) {
        deadlines.cancel(hold);
        hold.allocation().holdNext(null);
        ports.endHold(hold);
    }

    private static @Nullable RefusalReason refusalOf(Quotas.QuotaDecision decision) {
        return switch (decision) {
            case ADMITTED -> null;
            case USER_EXHAUSTED -> RefusalReason.USER_QUOTA;
            case ADDRESS_EXHAUSTED -> RefusalReason.ADDRESS_QUOTA;
            case TOTAL_EXHAUSTED -> RefusalReason.TOTAL_QUOTA;
        };
    }
}
