package dev.parley.turn.core;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.XorMappedAddress;
import dev.parley.ice.stun.attribute.XorRelayedAddress;
import dev.parley.ice.time.DeadlineQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
    private final Map<AddressFamily, PortPool> ports = new EnumMap<>(AddressFamily.class);

    private long lastId;
    private boolean draining;

    Allocations(TurnSettings settings, Quotas quotas, RandomGenerator random, DeadlineQueue<Timed> deadlines) {
        this.limits = settings.limits();
        this.quotas = quotas;
        this.random = random;
        this.deadlines = deadlines;
        this.table = new AllocationTable(random.nextLong());
        settings.relays().forEach(relay -> ports.put(relay.bind().family(), new PortPool(settings.ports())));
    }

    AllocationTable table() {
        return table;
    }

    int freePorts() {
        return ports.values().stream().mapToInt(PortPool::free).sum();
    }

    PortPool portsOf(AddressFamily family) {
        PortPool pool = ports.get(family);
        if (pool == null) {
            throw new IllegalStateException("no relay address of family " + family);
        }
        return pool;
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
        int port = portsOf(wanted.relay().bind().family()).take(random);
        if (port < 0) {
            quotas.release(owner.name(), source);
            return exchange.refuse(RefusalReason.PORTS_EXHAUSTED);
        }
        PendingAllocate pending = new PendingAllocate(exchange, wanted, 1, nowNanos);
        Pace newPeers = new Pace(limits.newPeersPerSecond(), 8 * limits.newPeersPerSecond(), nowNanos);
        Allocation allocation = new Allocation(++lastId, owner, pending, random.nextLong(), newPeers);
        allocation.choosePort(port);
        table.add(allocation);
        return List.of(new TurnEffect.OpenRelay(allocation, allocation.bindAddress()));
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
        PortPool pool = portsOf(allocation.family());
        int next = pending.attempts() < limits.relayAttempts() ? pool.take(random) : -1;
        if (next < 0) {
            forget(allocation);
            return pending.exchange().refuse(RefusalReason.RELAY_REFUSED);
        }
        pool.release(allocation.port());
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
        portsOf(allocation.family()).release(allocation.port());
        quotas.release(allocation.name(), allocation.client().address().ip());
        allocation.end();
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
