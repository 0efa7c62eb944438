package dev.parley.signaling.core;

/**
 * What a client wants repeated in the direct answer to its message.
 *
 * @param value 1 to 64 characters
 */
public record Ref(String value) {
    public static final int MAX_LENGTH = 64;

    public Ref {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a ref has 1 to " + MAX_LENGTH + " characters");
        }
    }
}
