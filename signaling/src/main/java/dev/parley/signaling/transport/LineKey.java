package dev.parley.signaling.transport;

import dev.parley.signaling.core.SessionId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * What the requests of one client are known by while HTTP requests carry its session. Made of 256 random bits for
 * every hello and resume; void as soon as the session has a line of another key. A secret, so it is not printed.
 *
 * @param session the public id of the session
 * @param secret 1 to 64 characters
 */
record LineKey(SessionId session, String secret) {
    private static final int MAX_SECRET_LENGTH = 64;
    private static final char SEPARATOR = '.';

    /** Reads what {@link #text} wrote; null if it cannot be a key. */
    static @Nullable LineKey find(String text) {
        int at = text.lastIndexOf(SEPARATOR);
        int secretLength = text.length() - at - 1;
        boolean fits = at > 0 && at <= SessionId.MAX_LENGTH && secretLength > 0 && secretLength <= MAX_SECRET_LENGTH;
        return fits ? new LineKey(new SessionId(text.substring(0, at)), text.substring(at + 1)) : null;
    }

    /** As it goes over the wire. */
    String text() {
        return session.value() + SEPARATOR + secret;
    }

    /** In a time that does not depend on where they differ. */
    boolean matches(LineKey presented) {
        return MessageDigest.isEqual(
                text().getBytes(StandardCharsets.UTF_8), presented.text().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "LineKey[" + session.value() + ".***]";
    }
}
