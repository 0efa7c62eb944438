package dev.parley.signaling.core.tracker;

import dev.parley.ice.time.DeadlineQueue;
import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.dropin.DropInLine;
import dev.parley.signaling.core.dropin.DropInRefusal;
import dev.parley.signaling.core.dropin.LineId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All swarms, and which connection has which places in them. */
final class Places {
    private final HubLimits limits;
    private final Map<BinaryId, Swarm> swarmByHash = new LinkedHashMap<>();
    private final Map<LineId, Set<Place>> placesByLine = new LinkedHashMap<>();
    /** When the peer of a swarm that was silent longest has to go. */
    private final DeadlineQueue<BinaryId> expiries = new DeadlineQueue<>();

    /** One peer in one swarm. */
    private record Place(BinaryId swarm, BinaryId peer) {}

    Places(HubLimits limits) {
        this.limits = limits;
    }

    @Nullable
    Swarm find(BinaryId hash) {
        return swarmByHash.get(hash);
    }

    /** Why a peer that is not in the swarm cannot get in over this connection, or null. */
    @Nullable
    DropInRefusal refusalFor(BinaryId hash, LineId line) {
        if (placesByLine.getOrDefault(line, Set.of()).size() >= limits.of(HubLimit.TRACKER_PER_CONNECTION)) {
            return DropInRefusal.TOO_MANY_SWARMS_OF_CONNECTION;
        }
        boolean full = swarmByHash.size() >= limits.of(HubLimit.TRACKER_SWARMS);
        return full && !swarmByHash.containsKey(hash) ? DropInRefusal.TOO_MANY_SWARMS : null;
    }

    /** Takes a peer in; in a full swarm it gets the place of the one that was silent longest. */
    void enter(BinaryId hash, SwarmPeer peer) {
        Swarm swarm = swarmByHash.computeIfAbsent(hash, key -> new Swarm());
        SwarmPeer eldest = swarm.eldest();
        if (eldest != null && swarm.size() >= limits.of(HubLimit.TRACKER_SWARM_PEERS)) {
            swarm.remove(eldest);
            forget(hash, eldest);
        }
        swarm.add(peer);
        placesOf(peer.line()).add(new Place(hash, peer.id()));
        schedule(hash, swarm);
    }

    void seen(BinaryId hash, Swarm swarm, SwarmPeer peer, long nowNanos) {
        swarm.seen(peer, nowNanos);
        schedule(hash, swarm);
    }

    /** The same peer has come back over another connection. */
    void move(BinaryId hash, SwarmPeer peer, DropInLine line) {
        forget(hash, peer);
        peer.moveTo(line);
        placesOf(line.id()).add(new Place(hash, peer.id()));
    }

    void leave(BinaryId hash, SwarmPeer peer) {
        forget(hash, peer);
        Swarm swarm = swarmByHash.get(hash);
        if (swarm != null) {
            swarm.remove(peer);
            schedule(hash, swarm);
        }
    }

    /** The connection is gone, and with it its peers. */
    void leaveAll(LineId line) {
        for (Place place : List.copyOf(placesByLine.getOrDefault(line, Set.of()))) {
            Swarm swarm = swarmByHash.get(place.swarm());
            SwarmPeer peer = swarm == null ? null : swarm.find(place.peer());
            if (peer != null) {
                leave(place.swarm(), peer);
            }
        }
    }

    long nextDeadlineNanos() {
        return expiries.peekNanos();
    }

    /** Lets go of the peers that have not announced for too long. */
    void expire(long nowNanos) {
        for (BinaryId hash = expiries.pollDue(nowNanos); hash != null; hash = expiries.pollDue(nowNanos)) {
            Swarm swarm = swarmByHash.get(hash);
            SwarmPeer eldest = swarm == null ? null : swarm.eldest();
            if (eldest != null) {
                leave(hash, eldest); // which schedules the next
            }
        }
    }

    private Set<Place> placesOf(LineId line) {
        return placesByLine.computeIfAbsent(line, id -> new LinkedHashSet<>(2));
    }

    private void forget(BinaryId hash, SwarmPeer peer) {
        Set<Place> places = placesByLine.get(peer.line());
        if (places != null && places.remove(new Place(hash, peer.id())) && places.isEmpty()) {
            placesByLine.remove(peer.line());
        }
    }

    private void schedule(BinaryId hash, Swarm swarm) {
        SwarmPeer eldest = swarm.eldest();
        if (eldest == null) {
            swarmByHash.remove(hash);
            expiries.cancel(hash);
        } else {
            expiries.schedule(hash, eldest.lastSeenNanos + limits.nanos(HubLimit.TRACKER_PEER_SECONDS));
        }
    }

    int swarmCount() {
        return swarmByHash.size();
    }

    /** Connections that have places. */
    int lineCount() {
        return placesByLine.size();
    }
}
