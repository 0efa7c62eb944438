package dev.parley.turn.core;

import dev.parley.ice.time.DeadlineQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The end of every relayed address: quota, port and socket, which {@link AllocationOpening} took in this order, are
 * given back together in {@link #forget}, and nowhere else.
 */
final class Allocations {
    private final Quotas quotas;
    private final DeadlineQueue<Timed> deadlines;
    private final AllocationTable table;
    private final RelayPorts ports;

    Allocations(
            TurnSettings settings,
            Quotas quotas,
            Reservations reservations,
            RandomGenerator random,
            DeadlineQueue<Timed> deadlines) {
        this.quotas = quotas;
        this.deadlines = deadlines;
        this.table = new AllocationTable(random.nextLong());
        this.ports = new RelayPorts(settings, reservations, random);
    }

    AllocationTable table() {
        return table;
    }

    RelayPorts ports() {
        return ports;
    }

    /**
     * The end of an allocation, whatever its state; of one that still waits, each relay ends when the fate of its
     * socket is known.
     */
    List<TurnEffect> end(Allocation allocation, EndReason reason) {
        List<TurnEffect> effects = new ArrayList<>();
        for (Relay relay : allocation.relays()) {
            effects.addAll(end(relay, reason));
        }
        return effects;
    }

    /** The end of one relay and of the permissions and channels that are its own (RFC 8656 section 8.1). */
    List<TurnEffect> end(Relay relay, EndReason reason) {
        return switch (relay.state()) {
            case PENDING -> {
                relay.doom();
                yield List.of();
            }
            case OPEN -> {
                forget(relay);
                yield List.of(new TurnEffect.CloseRelay(relay));
            }
            case LIVE -> endLive(relay, reason);
            case DOOMED, ENDED -> List.of();
        };
    }

    private List<TurnEffect> endLive(Relay relay, EndReason reason) {
        Allocation allocation = relay.allocation();
        List<TurnEffect> effects = new ArrayList<>();
        relay.permissions().forEach(deadlines::cancel);
        for (PeerRoute binding :
                allocation.channels().select(route -> route.relay().equals(relay))) {
            deadlines.cancel(binding);
            allocation.channels().remove(binding);
            effects.add(new TurnEffect.ChannelUnbound(binding, binding.channelNumber()));
        }
        forget(relay);
        effects.add(new TurnEffect.CloseRelay(relay));
        effects.add(new TurnEffect.AllocationEnded(allocation.name(), allocation.client(), relay.relayed(), reason));
        if (allocation.relays().isEmpty()) {
            effects.addAll(left(allocation));
        }
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

    /** The 5-tuples that a mobile one had. */
    private static List<TurnEffect> left(Allocation allocation) {
        List<TurnEffect> effects = new ArrayList<>();
        Mobility mobility = allocation.mobility();
        if (mobility != null && !mobility.isLost()) {
            effects.add(new TurnEffect.ClientLeft(allocation.client()));
        }
        Handover handover = mobility == null ? null : mobility.handover();
        ClientKey next = handover == null ? null : handover.reachable();
        if (next != null) {
            effects.add(new TurnEffect.ClientLeft(next));
        }
        return effects;
    }

    /** Takes the relay out of all tables, whatever its state, and gives back what it holds. */
    void forget(Relay relay) {
        deadlines.cancel(relay);
        table.remove(relay);
        ports.release(relay);
        // A port held next to this one's stays held as promised, and counts in this one's stead.
        if (relay.hold() == null) {
            releaseQuota(relay);
        }
        relay.end();
        if (relay.allocation().relays().isEmpty()) {
            relay.allocation().bandwidth().close();
        }
    }

    /** The port next to a relay's was held long enough. */
    void endHold(PortHold hold) {
        deadlines.cancel(hold);
        Relay relay = hold.relay();
        relay.holdNext(null);
        ports.endHold(hold);
        if (relay.state() == Relay.State.ENDED) {
            releaseQuota(relay);
        }
    }

    private void releaseQuota(Relay relay) {
        quotas.release(relay.allocation().name(), relay.allocation().chargedTo());
    }
}
