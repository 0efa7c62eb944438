package dev.parley.signaling.core;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who is where, and as what, made from the membership effects of the hub and what its clients were admitted with. */
final class HubTruth {
    final Map<RoomName, Set<SessionId>> membersByRoom = new TreeMap<>();
    private final Map<SessionId, Standing> standingById = new TreeMap<>();
    private final IdentityPolicy policy;
    /** Once a token gave it a role, a newer one that says nothing leaves it that role. */
    private final Set<SessionId> refreshed = new HashSet<>();

    HubTruth(IdentityPolicy policy) {
        this.policy = policy;
    }

    /** What a session was admitted as, and when that ends. */
    private record Standing(Identity identity, long endNanos) {}

    void stands(SessionId id, Identity identity, long nowNanos) {
        Duration lifetime = identity.lifetime();
        standingById.put(id, new Standing(identity, lifetime == null ? Long.MAX_VALUE : nowNanos + lifetime.toNanos()));
    }

    void refreshed(SessionId id, Identity identity, long nowNanos) {
        stands(id, identity, nowNanos);
        refreshed.add(id);
    }

    void forget(SessionId id) {
        standingById.remove(id);
    }

    /** Whether a newer token is of the same user, and good for all rooms the session is in. */
    boolean maySucceed(SessionId id, Identity identity) {
        Standing before = standingById.get(id);
        return before != null
                && Objects.equals(before.identity().user(), identity.user())
                && membersByRoom.entrySet().stream()
                        .filter(entry -> entry.getValue().contains(id))
                        .allMatch(entry -> identity.findGrant(entry.getKey()) != null);
    }

    /** After the first moment, or at it, and not after the second. */
    boolean endsBetween(SessionId id, long beforeNanos, long nowNanos) {
        Standing standing = standingById.get(id);
        return standing != null && standing.endNanos() >= beforeNanos && standing.endNanos() <= nowNanos;
    }

    void entered(RoomName room, SessionId session, long nowNanos) {
        assertMayBeIn(room, session);
        Standing standing = standingById.get(session);
        HubInvariants.check(standing != null && nowNanos < standing.endNanos(), "nobody enters after its end", session);
        boolean entered =
                membersByRoom.computeIfAbsent(room, name -> new TreeSet<>()).add(session);
        HubInvariants.check(entered, "nobody enters twice", session, room);
    }

    void assertMayBeIn(RoomName room, SessionId session) {
        Standing standing = standingById.get(session);
        if (standing == null || standing.identity().findGrant(room) == null) {
            throw new AssertionError(session + " may be in " + room);
        }
    }

    void departed(RoomName room, SessionId session) {
        Set<SessionId> members = membersByRoom.getOrDefault(room, new TreeSet<>());
        HubInvariants.check(members.remove(session), "only members depart", session, room);
        if (members.isEmpty()) {
            membersByRoom.remove(room);
        }
    }

    boolean isSomewhere(SessionId session) {
        return membersByRoom.values().stream().anyMatch(members -> members.contains(session));
    }

    /** Whether somebody in the room has to be host, because not all roles come from tokens. */
    boolean needsHost(RoomName room) {
        return membersByRoom.getOrDefault(room, Set.of()).stream().anyMatch(member -> !isAppointed(member, room));
    }

    /** Whether its role comes from a token, so that nobody makes it host. */
    private boolean isAppointed(SessionId id, RoomName room) {
        Standing standing = standingById.get(id);
        Grant grant = standing == null ? null : standing.identity().findGrant(room);
        return policy.rolesFromTokens() || roleOf(grant) != null || refreshed.contains(id);
    }

    private static @Nullable Role roleOf(@Nullable Grant grant) {
        return grant == null ? null : grant.role();
    }
}
