package dev.parley.signaling.transport;

import dev.parley.signaling.core.CloseReason;
import java.security.SecureRandom;

/** Makes the reason text of a close frame: the word, and when to come back, spread so that not all come at once. */
final class ReconnectHint {
    /** The latest hint is this many times the earliest. */
    static final int SPREAD = 4;

    private static final SecureRandom RANDOM = new SecureRandom();

    private ReconnectHint() {}

    static String textOf(CloseReason reason) {
        int leastMillis = Math.toIntExact(reason.reconnectAfter().toMillis());
        return leastMillis == 0
                ? reason.word()
                : reason.word() + "; reconnect-after=" + RANDOM.nextInt(leastMillis, SPREAD * leastMillis);
    }
}
