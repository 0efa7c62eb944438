package dev.parley.signaling.core;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All rooms by name. A room is here exactly as long as it has members, or is kept. */
final class RoomTable {
    /** Looked up only, never walked. */
    private final Map<RoomName, Room> roomByName = new HashMap<>();

    private int memberships;
    private int kept;

    @Nullable
    Room find(RoomName name) {
        return roomByName.get(name);
    }

    void enter(Room room, Member member) {
        roomByName.putIfAbsent(room.name(), room);
        room.add(member);
        memberships++;
    }

    void depart(Room room, SessionId id) {
        room.remove(id);
        memberships--;
        removeUnlessNeeded(room);
    }

    /** From now on the room stays without members. */
    void keep(Room room, int emptySeconds) {
        kept += room.isKept() ? 0 : 1;
        room.keep(emptySeconds);
        roomByName.putIfAbsent(room.name(), room);
    }

    void keepNoLonger(Room room) {
        kept -= room.isKept() ? 1 : 0;
        room.keep(0);
        removeUnlessNeeded(room);
    }

    private void removeUnlessNeeded(Room room) {
        if (room.isEmpty() && !room.isKept()) {
            roomByName.remove(room.name());
        }
    }

    /** Rooms that stay without members, empty or not. */
    int kept() {
        return kept;
    }

    int size() {
        return roomByName.size();
    }

    /** Members of all rooms; a session in two rooms counts twice. */
    int memberships() {
        return memberships;
    }
}
