package dev.parley.signaling.core.peerjs;

import org.jspecify.annotations.Nullable;

/** The types of frames that the server passes from peer to peer; the names are the words on the wire. */
public enum RelayType {
    OFFER(true),
    ANSWER(true),
    CANDIDATE(true),
    LEAVE(false),
    EXPIRE(false);

    private final boolean waits;

    RelayType(boolean waits) {
        this.waits = waits;
    }

    /** Whether it is kept for an addressee who is not there yet. */
    boolean waits() {
        return waits;
    }

    public static @Nullable RelayType find(@Nullable String word) {
        for (RelayType type : values()) {
            if (type.name().equals(word)) {
                return type;
            }
        }
        return null;
    }
}
