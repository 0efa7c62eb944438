package dev.parley.signaling.core;

import org.jspecify.annotations.Nullable;

/**
 * Who somebody is beyond the session, as whoever issued the token says; the same over many sessions. Not shown to
 * others.
 *
 * @param value 1 to 128 characters of the alphabet of names, normalised
 */
public record UserId(String value) {
    /** Longer texts are no user ids. */
    public static final int MAX_LENGTH = 128;

    public UserId {
        if (value.length() > MAX_LENGTH || !value.equals(NameRules.normalise(value))) {
            throw new IllegalArgumentException("not a user id");
        }
    }

    /** Normalises what a token says; null if it cannot be a user id. */
    public static @Nullable UserId find(String text) {
        String value = NameRules.normalise(text);
        return value == null || value.length() > MAX_LENGTH ? null : new UserId(value);
    }

    /** Ids are people's names and addresses more often than not. */
    @Override
    public String toString() {
        return "UserId[***]";
    }
}
