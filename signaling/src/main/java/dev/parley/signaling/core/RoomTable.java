package dev.parley.signaling.core;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All rooms by name. A room is here exactly as long as it has members. */
final class RoomTable {
    /** Looked up only, never walked. */
    private final Map<RoomName, Room> roomByName = new HashMap<>();

    private int memberships;

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
        if (room.isEmpty()) {
            roomByName.remove(room.name());
        }
    }

    int size() {
        return roomByName.size();
    }

    /** Members of all rooms; a session in two rooms counts twice. */
    int memberships() {
        return memberships;
    }
}
