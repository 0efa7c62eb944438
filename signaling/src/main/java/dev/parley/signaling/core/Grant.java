package dev.parley.signaling.core;

import org.jspecify.annotations.Nullable;

/**
 * Leave to join a room, or all rooms whose names begin alike.
 *
 * @param name of the room, or what the names begin with; normalised
 * @param prefix whether it is the beginning of names
 * @param role that its holder has there; null if the room settles that
 */
public record Grant(String name, boolean prefix, @Nullable Role role) {
    /** Stands for any end of a name. */
    private static final String WILDCARD = "*";

    /** Leave to join every room, with the role that the room gives. */
    public static final Grant EVERYWHERE = new Grant("", true, null);

    /**
     * Reads a room name, which with {@code *} as its last character stands for all that begin so; null if it is none.
     */
    public static @Nullable Grant find(String pattern, @Nullable Role role) {
        boolean prefix = pattern.endsWith(WILDCARD);
        String text = prefix ? pattern.substring(0, pattern.length() - WILDCARD.length()) : pattern;
        if (prefix && text.isEmpty()) {
            return new Grant("", true, role);
        }
        String name = NameRules.normalise(text);
        if (name == null) {
            return null;
        }
        return new Grant(name, prefix, role);
    }

    boolean covers(RoomName room) {
        return prefix ? room.value().startsWith(name) : room.value().equals(name);
    }
}
