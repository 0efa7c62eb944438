package dev.parley.signaling.core;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who waits before one room, in the order they came, bounded in number; they are no members and learn nothing of
 * it.
 */
final class WaitingRoom {
    private final Map<SessionId, Waiting> waitingById = new LinkedHashMap<>(0);
    private int rosterBytes;

    /**
     * One who waits.
     *
     * @param ref of its join, for the answer to that
     */
    record Waiting(
            Session session, Presence presence, @Nullable Ref ref) {
        Knock knock() {
            return new Knock(session.id, presence);
        }
    }

    boolean hasPlace(HubLimits limits) {
        return waitingById.size() < limits.of(HubLimit.WAITING_PER_ROOM);
    }

    /** What all presences here take, as in {@link Room#rosterBytes()}. */
    int rosterBytes() {
        return rosterBytes;
    }

    void add(Waiting waiting) {
        waitingById.put(waiting.session().id, waiting);
        rosterBytes += waiting.presence().rosterBytes();
    }

    /** Null if it does not wait here. */
    @Nullable
    Waiting find(SessionId id) {
        return waitingById.get(id);
    }

    @Nullable
    Waiting remove(SessionId id) {
        Waiting waiting = waitingById.remove(id);
        rosterBytes -= waiting == null ? 0 : waiting.presence().rosterBytes();
        return waiting;
    }

    int size() {
        return waitingById.size();
    }

    Set<SessionId> ids() {
        return new LinkedHashSet<>(waitingById.keySet());
    }

    /** In the order they came; a copy, so that letting them in is possible on the way. */
    List<Waiting> all() {
        return List.copyOf(waitingById.values());
    }

    /** As the hosts see it. */
    List<Knock> knocks() {
        return waitingById.values().stream().map(Waiting::knock).toList();
    }
}
