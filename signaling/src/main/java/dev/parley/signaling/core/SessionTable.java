package dev.parley.signaling.core;

import dev.parley.ice.address.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All sessions, and how many each address has. */
final class SessionTable {
    private final HubLimits limits;
    private final Map<SessionId, Session> sessionById = new LinkedHashMap<>();
    /** Looked up only, never walked. */
    private final Map<AddressPrefix, Integer> countByAddress = new HashMap<>();

    SessionTable(HubLimits limits) {
        this.limits = limits;
    }

    boolean hasRoomFor(AddressPrefix address) {
        return sessionById.size() < limits.of(HubLimit.SESSIONS)
                && countByAddress.getOrDefault(address, 0) < limits.of(HubLimit.SESSIONS_PER_ADDRESS);
    }

    void add(Session session) {
        sessionById.put(session.id, session);
        countIn(session.remote());
    }

    void remove(Session session) {
        sessionById.remove(session.id);
        countOut(session.remote());
    }

    /** It was continued from another address; that is never refused. */
    void move(Session session, IpAddress remote) {
        countOut(session.remote());
        session.comesFrom(remote);
        countIn(remote);
    }

    private void countIn(IpAddress remote) {
        countByAddress.merge(AddressPrefix.of(remote), 1, Integer::sum);
    }

    private void countOut(IpAddress remote) {
        countByAddress.computeIfPresent(AddressPrefix.of(remote), (address, count) -> count == 1 ? null : count - 1);
    }

    @Nullable
    Session find(SessionId id) {
        return sessionById.get(id);
    }

    List<Session> all() {
        return new ArrayList<>(sessionById.values());
    }

    int size() {
        return sessionById.size();
    }

    int addressCount() {
        return countByAddress.size();
    }
}
