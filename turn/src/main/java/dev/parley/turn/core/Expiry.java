package dev.parley.turn.core;

import dev.parley.ice.time.DeadlineQueue;
import java.util.ArrayList;
import java.util.List;

/** Ends what has outlived its time: relayed addresses, permissions, channel bindings and holds on ports. */
final class Expiry {
    private final DeadlineQueue<Timed> deadlines;
    private final Allocations allocations;
    private final Permissions permissions;
    private final PeerConnections peerConnections;

    Expiry(
            DeadlineQueue<Timed> deadlines,
            Allocations allocations,
            Permissions permissions,
            PeerConnections peerConnections) {
        this.deadlines = deadlines;
        this.allocations = allocations;
        this.permissions = permissions;
        this.peerConnections = peerConnections;
    }

    /** Everything whose deadline is not after now, in order of the deadlines. */
    List<TurnEffect> run(long nowNanos) {
        Timed due = deadlines.pollDue(nowNanos);
        if (due == null) {
            return List.of();
        }
        List<TurnEffect> effects = new ArrayList<>();
        for (; due != null; due = deadlines.pollDue(nowNanos)) {
            switch (due) {
                case Relay relay -> effects.addAll(allocations.end(relay, EndReason.EXPIRED));
                case Permission permission -> permissions.remove(permission);
                case PeerConnection unbound -> effects.add(peerConnections.expire(unbound));
                case PortHold hold -> allocations.endHold(hold);
                case PeerRoute binding -> {
                    effects.add(unbind(binding));
                    if (!binding.hasPermission(nowNanos)) {
                        binding.relay().routes().remove(binding);
                    }
                }
            }
        }
        return effects;
    }

    /** Takes the channel off its route, which stays. */
    TurnEffect unbind(PeerRoute binding) {
        int number = binding.channelNumber();
        deadlines.cancel(binding);
        binding.allocation().channels().remove(binding);
        binding.unbindChannel();
        return new TurnEffect.ChannelUnbound(binding, number);
    }
}
