package dev.parley.signaling.transport;

import dev.parley.signaling.core.ResumeKey;
import dev.parley.signaling.core.SessionId;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes the ids that nobody may guess; any thread. */
final class FreshIds {
    private static final int ID_BYTES = 16;
    private static final int SECRET_BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    SessionId session() {
        return new SessionId(text(ID_BYTES));
    }

    ResumeKey keyOf(SessionId session) {
        return new ResumeKey(session, text(SECRET_BYTES));
    }

    LineKey lineKeyOf(SessionId session) {
        return new LineKey(session, text(SECRET_BYTES));
    }

    private String text(int bytes) {
        byte[] bits = new byte[bytes];
        random.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }
}
