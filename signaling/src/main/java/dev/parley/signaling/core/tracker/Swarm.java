package dev.parley.signaling.core.tracker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The peers of one swarm, the one that was silent longest first. */
final class Swarm {
    private final Map<BinaryId, SwarmPeer> peerById = new LinkedHashMap<>();
    private int seeders;

    @Nullable
    SwarmPeer find(BinaryId id) {
        return peerById.get(id);
    }

    void add(SwarmPeer peer) {
        peerById.put(peer.id(), peer);
        seeders += peer.seeder ? 1 : 0;
    }

    void remove(SwarmPeer peer) {
        if (peerById.remove(peer.id()) != null) {
            seeders -= peer.seeder ? 1 : 0;
        }
    }

    void seen(SwarmPeer peer, long nowNanos) {
        peer.lastSeenNanos = nowNanos;
        peerById.remove(peer.id());
        peerById.put(peer.id(), peer);
    }

    void completed(SwarmPeer peer) {
        if (!peer.seeder) {
            peer.seeder = true;
            seeders++;
        }
    }

    @Nullable
    SwarmPeer eldest() {
        return peerById.isEmpty() ? null : peerById.values().iterator().next();
    }

    int size() {
        return peerById.size();
    }

    int complete() {
        return seeders;
    }

    int incomplete() {
        return peerById.size() - seeders;
    }

    /** So many other peers, each equally likely; fewer if there are no more. */
    List<SwarmPeer> pickOthers(BinaryId own, int count, RandomGenerator random) {
        if (count == 0) {
            return List.of();
        }
        List<SwarmPeer> others = new ArrayList<>(peerById.values());
        others.removeIf(peer -> peer.id().equals(own));
        int picked = Math.min(count, others.size());
        for (int i = 0; i < picked; i++) {
            int j = random.nextInt(i, others.size());
            SwarmPeer swapped = others.get(i);
            others.set(i, others.get(j));
            others.set(j, swapped);
        }
        return others.subList(0, picked);
    }
}
