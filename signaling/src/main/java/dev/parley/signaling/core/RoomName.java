package dev.parley.signaling.core;

import org.jspecify.annotations.Nullable;

/**
 * The name of a room, already normalised (NFC) and of the allowed alphabet. Rooms are told apart by it.
 *
 * @param value at least one character; the longest allowed is {@link HubLimit#NAME_LENGTH}
 */
public record RoomName(String value) implements Comparable<RoomName> {
    public RoomName {
        if (!value.equals(NameRules.normalise(value))) {
            throw new IllegalArgumentException("not a normalised name");
        }
    }

    /** Normalises what a stranger sent; null if it cannot be a name. */
    public static @Nullable RoomName find(String text) {
        String name = NameRules.normalise(text);
        return name == null ? null : new RoomName(name);
    }

    /** Length in Unicode code points. */
    int length() {
        return value.codePointCount(0, value.length());
    }

    @Override
    public int compareTo(RoomName other) {
        return value.compareTo(other.value);
    }
}
