package dev.parley.turn.core;

import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The permissions and channels the server has promised, as a client would remember them. */
final class TurnSimModel {
    private final Map<Allocation, Map<IpAddress, Long>> permittedUntil = new LinkedHashMap<>();
    private final Map<Allocation, Map<Integer, TransportAddress>> peerByChannel = new LinkedHashMap<>();
    private final Map<Allocation, Map<Integer, Long>> boundUntil = new LinkedHashMap<>();

    void permit(Allocation allocation, IpAddress peer, long now) {
        permittedUntil
                .computeIfAbsent(allocation, key -> new LinkedHashMap<>())
                .put(peer, now + Lifetimes.PERMISSION.toNanos());
    }

    boolean isPermitted(Allocation allocation, IpAddress peer, long now) {
        return now < permittedUntil.getOrDefault(allocation, Map.of()).getOrDefault(peer, Long.MIN_VALUE);
    }

    void bind(Allocation allocation, int number, TransportAddress peer, long now) {
        permit(allocation, peer.ip(), now);
        peerByChannel.computeIfAbsent(allocation, key -> new LinkedHashMap<>()).put(number, peer);
        boundUntil
                .computeIfAbsent(allocation, key -> new LinkedHashMap<>())
                .put(number, now + Lifetimes.CHANNEL.toNanos());
    }

    @Nullable
    TransportAddress findChannel(Allocation allocation, int number, long now) {
        boolean bound = now < boundUntil.getOrDefault(allocation, Map.of()).getOrDefault(number, Long.MIN_VALUE);
        return bound ? peerByChannel.getOrDefault(allocation, Map.of()).get(number) : null;
    }

    /** After a change of rules: what they deny is gone, and must not come back when they are loosened again. */
    void forgetDenied(PeerRules rules, Set<PeerRoute> stillBound) {
        permittedUntil.values().forEach(byPeer -> byPeer.keySet().removeIf(rules::deniesEveryPort));
        peerByChannel.forEach((allocation, byNumber) -> byNumber.entrySet()
                .removeIf(entry -> stillBound.stream()
                        .noneMatch(route ->
                                route.allocation() == allocation && route.peer().equals(entry.getValue()))));
    }
}
