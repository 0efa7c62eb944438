package dev.parley.signaling.core.peerjs;

import dev.parley.signaling.core.dropin.DropInLine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who has an id: over which connection, with which token, and what of it waits for others. */
final class Peer {
    private final String id;
    private final String token;
    private final Set<String> partners = new LinkedHashSet<>(2);
    private DropInLine line;

    long lastHeartbeatNanos;
    int waitingMessages;
    long waitingCharacters;

    Peer(String id, String token, DropInLine line, long nowNanos) {
        this.id = id;
        this.token = token;
        this.line = line;
        this.lastHeartbeatNanos = nowNanos;
    }

    String id() {
        return id;
    }

    DropInLine line() {
        return line;
    }

    /** The same client has come back. */
    void continueOver(DropInLine next, long nowNanos) {
        line = next;
        lastHeartbeatNanos = nowNanos;
    }

    boolean hasToken(String presented) {
        return MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
    }

    /** Remembers the most recent, so many at most. */
    void talkedWith(String other, int partnersMax) {
        partners.remove(other);
        partners.add(other);
        if (partners.size() > partnersMax) {
            partners.remove(partners.iterator().next());
        }
    }

    List<String> partners() {
        return List.copyOf(partners);
    }
}
