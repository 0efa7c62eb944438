package dev.parley.signaling.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one room keeps under names, bounded in number and size. */
final class RoomKeys {
    private final Map<MemberName, JsonText> valueByName = new LinkedHashMap<>(0);
    private int bytes;

    /** In the order in which they were first set. */
    List<RoomKey> all() {
        return valueByName.entrySet().stream()
                .map(entry -> new RoomKey(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Whether it fits; taking away always does. */
    boolean fits(MemberName name, @Nullable JsonText value, HubLimits limits) {
        if (value == null) {
            return true;
        }
        JsonText before = valueByName.get(name);
        int count = valueByName.size() + (before == null ? 1 : 0);
        int grown = bytes + RoomKey.bytes(name, value) - (before == null ? 0 : RoomKey.bytes(name, before));
        return count <= limits.of(HubLimit.ROOM_KEYS) && grown <= limits.of(HubLimit.ROOM_KEY_BYTES);
    }

    /** Null takes the value away. */
    void set(MemberName name, @Nullable JsonText value) {
        JsonText before = value == null ? valueByName.remove(name) : valueByName.put(name, value);
        bytes -= before == null ? 0 : RoomKey.bytes(name, before);
        bytes += value == null ? 0 : RoomKey.bytes(name, value);
    }
}
