package dev.parley.signaling.core;

import dev.parley.ice.address.IpAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connected client: the rooms it is in, its rates and its signs of life. */
final class Session {
    final SessionId id;
    final IpAddress remote;
    final TokenBucket messages;
    final TokenBucket deliveries;
    final TokenBucket joins;
    final TokenBucket warnings;
    private final Map<RoomName, Room> roomByName = new LinkedHashMap<>();

    long lastHeardNanos;
    long lastPingNanos;
    long roomlessSinceNanos;
    long iceServersSinceNanos;

    Session(SessionId id, IpAddress remote, HubLimits limits, long nowNanos) {
        this.id = id;
        this.remote = remote;
        this.messages = bucket(limits, HubLimit.MESSAGES_PER_SECOND, HubLimit.MESSAGE_BURST, nowNanos);
        this.deliveries = bucket(limits, HubLimit.DELIVERIES_PER_SECOND, HubLimit.DELIVERY_BURST, nowNanos);
        this.joins = bucket(limits, HubLimit.JOINS_PER_SECOND, HubLimit.JOIN_BURST, nowNanos);
        this.warnings = bucket(limits, HubLimit.WARNINGS_PER_SECOND, HubLimit.WARNING_BURST, nowNanos);
        this.lastHeardNanos = nowNanos;
        this.lastPingNanos = nowNanos;
        this.roomlessSinceNanos = nowNanos;
        this.iceServersSinceNanos = nowNanos;
    }

    private static TokenBucket bucket(HubLimits limits, HubLimit perSecond, HubLimit burst, long nowNanos) {
        return new TokenBucket(limits.of(perSecond), limits.of(burst), nowNanos);
    }

    @Nullable
    Room findRoom(RoomName name) {
        return roomByName.get(name);
    }

    /** The rooms in the order they were joined; a copy, so that leaving them is possible on the way. */
    List<Room> roomsNow() {
        return List.copyOf(roomByName.values());
    }

    int roomCount() {
        return roomByName.size();
    }

    void entered(Room room) {
        roomByName.put(room.name(), room);
    }

    void departed(Room room, long nowNanos) {
        roomByName.remove(room.name());
        if (roomByName.isEmpty()) {
            roomlessSinceNanos = nowNanos;
        }
    }
}
