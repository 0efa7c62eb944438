package dev.parley.signaling.core;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What holds of a {@link HubWorld} after every event: all is bounded, and whoever has heard all knows the truth. */
final class HubInvariants {
    private final Hub hub;
    private final HubLimits limits;
    private final HubTruth truth;
    private final Map<SessionId, SimClient> clientById;

    HubInvariants(Hub hub, HubLimits limits, HubTruth truth, Map<SessionId, SimClient> clientById) {
        this.hub = hub;
        this.limits = limits;
        this.truth = truth;
        this.clientById = clientById;
    }

    void check() {
        checkBounds();
        truth.membersByRoom.forEach(this::checkWaiting);
        clientById.values().forEach(this::checkView);
        checkKeys();
    }

    private void checkBounds() {
        check(hub.sessionCount() == clientById.size(), "sessions are those there are", hub.sessionCount());
        check(hub.roomCount() == truth.membersByRoom.size(), "rooms are those with members", hub.roomCount());
        int memberships = 0;
        for (Set<SessionId> members : truth.membersByRoom.values()) {
            check(members.size() <= limits.of(HubLimit.ROOM_MEMBERS), "a room has its members", members);
            memberships += members.size();
        }
        check(hub.memberCount() == memberships, "memberships are those there are", hub.memberCount());
        check(hub.addressCount() <= hub.sessionCount(), "addresses are those of sessions", hub.addressCount());
        check(hub.sessionCount() <= limits.of(HubLimit.SESSIONS), "sessions are bounded", hub.sessionCount());
        check(hub.roomCount() <= limits.of(HubLimit.ROOMS), "rooms are bounded", hub.roomCount());
        for (SessionId id : clientById.keySet()) {
            check(hub.keptFor(id) <= limits.of(HubLimit.RESUME_MESSAGES), "what is kept is bounded", id);
        }
    }

    /** Bounded, no members, and still who they were when they knocked. */
    private void checkWaiting(RoomName room, Set<SessionId> members) {
        Set<SessionId> waiting = hub.waitingFor(room);
        check(waiting.size() <= limits.of(HubLimit.WAITING_PER_ROOM), "no more than may wait before a room", room);
        for (SessionId id : waiting) {
            check(clientById.containsKey(id) && !members.contains(id), "who waits is outside", id, room);
            truth.assertMayBeIn(room, id);
        }
    }

    void checkView(SimClient client) {
        if (!client.isUpToDate()) {
            return;
        }
        truth.membersByRoom.forEach((room, members) -> {
            Set<SessionId> waiting = hub.waitingFor(room);
            boolean waits = client.awaited.contains(room);
            check(waits == waiting.contains(client.id), "a client knows for what it waits", client.id, room, waits);
            Map<SessionId, MemberView> view = client.viewByRoom.get(room);
            check((view != null) == members.contains(client.id), "a client knows where it is", client.id, room, view);
            if (view != null) {
                checkRoom(client, room, view, waiting);
            }
        });
        check(truth.membersByRoom.keySet().containsAll(client.awaited), "a client waits for rooms that are", client.id);
    }

    private void checkRoom(SimClient client, RoomName room, Map<SessionId, MemberView> view, Set<SessionId> waiting) {
        Set<SessionId> others = others(truth.membersByRoom.getOrDefault(room, Set.of()), client.id);
        check(view.keySet().equals(others), "what a client sees in a room", client.id, room, others);
        Set<SessionId> knocks = client.knocksByRoom.getOrDefault(room, Set.of());
        Set<SessionId> told = client.roleByRoom.get(room) == Role.HOST ? waiting : Set.of();
        check(knocks.equals(told), "who waits is seen by hosts", room, client.id, told);
        check(!truth.needsHost(room) || hosts(client, room, view) > 0, "a client sees a host", client.id, room);
    }

    /** Makes no text unless it fails; this runs very often. */
    static void check(boolean holds, String claim, @Nullable Object... about) {
        if (!holds) {
            throw new AssertionError(claim + ": " + Arrays.toString(about));
        }
    }

    /** Members that have heard all agree on what their room keeps. */
    private void checkKeys() {
        truth.membersByRoom.forEach((room, members) -> {
            Map<MemberName, JsonText> first = null;
            for (SessionId member : members) {
                SimClient client = clientById.get(member);
                if (client != null && client.isUpToDate()) {
                    Map<MemberName, JsonText> keys = client.keysByRoom.getOrDefault(room, Map.of());
                    check(first == null || first.equals(keys), "what a room keeps is seen alike", room, first, keys);
                    check(keys.size() <= limits.of(HubLimit.ROOM_KEYS), "what a room keeps is bounded", room);
                    first = keys;
                }
            }
        });
    }

    private static long hosts(SimClient client, RoomName room, Map<SessionId, MemberView> view) {
        long others = view.values().stream()
                .filter(member -> member.role() == Role.HOST)
                .count();
        return others + (client.roleByRoom.get(room) == Role.HOST ? 1 : 0);
    }

    private static Set<SessionId> others(Set<SessionId> members, SessionId id) {
        Set<SessionId> others = new TreeSet<>(members);
        others.remove(id);
        return others;
    }
}
