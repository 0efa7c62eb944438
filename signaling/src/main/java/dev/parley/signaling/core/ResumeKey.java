package dev.parley.signaling.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * What lets a client continue its session over another connection, once. Made by the runner from 256 random bits; a
 * secret, so it is not printed.
 *
 * @param session the public id of the session
 * @param secret 1 to 64 characters
 */
public record ResumeKey(SessionId session, String secret) {
    /** Longer secrets are none of ours. */
    public static final int MAX_LENGTH = 64;

    private static final char SEPARATOR = '.';

    public ResumeKey {
        if (secret.isEmpty() || secret.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a resume secret has 1 to " + MAX_LENGTH + " characters");
        }
    }

    /** Reads what {@link #text} wrote; null if it cannot be a key. */
    public static @Nullable ResumeKey find(String text) {
        int at = text.lastIndexOf(SEPARATOR);
        int secretLength = text.length() - at - 1;
        boolean fits = at > 0 && at <= SessionId.MAX_LENGTH && secretLength > 0 && secretLength <= MAX_LENGTH;
        return fits ? new ResumeKey(new SessionId(text.substring(0, at)), text.substring(at + 1)) : null;
    }

    /** As it goes over the wire. */
    public String text() {
        return session.value() + SEPARATOR + secret;
    }

    /** In a time that does not depend on where they differ. */
    boolean matches(ResumeKey presented) {
        return MessageDigest.isEqual(
                text().getBytes(StandardCharsets.UTF_8), presented.text().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "ResumeKey[" + session.value() + ".***]";
    }
}
