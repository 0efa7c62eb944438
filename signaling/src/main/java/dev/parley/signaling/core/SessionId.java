package dev.parley.signaling.core;

/**
 * The public id of a session, and so of a member; made by the runner from 128 random bits. It grants nothing.
 *
 * @param value 1 to 128 characters; ids made here are 22 characters base64url
 */
public record SessionId(String value) implements Comparable<SessionId> {
    /** Longer strings are no ids. */
    public static final int MAX_LENGTH = 128;

    public SessionId {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a session id has 1 to " + MAX_LENGTH + " characters");
        }
    }

    @Override
    public int compareTo(SessionId other) {
        return value.compareTo(other.value);
    }
}
