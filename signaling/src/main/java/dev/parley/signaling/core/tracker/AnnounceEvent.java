package dev.parley.signaling.core.tracker;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a peer announces; the names are the words on the wire. */
public enum AnnounceEvent {
    STARTED,
    STOPPED,
    COMPLETED,
    UPDATE,
    PAUSED,
    /** A word that is none of these. */
    INVALID;

    /** No word, and the word of the older protocol for none, is an update. */
    public static AnnounceEvent of(@Nullable String word) {
        if (word == null || word.isEmpty() || word.equals("empty")) {
            return UPDATE;
        }
        for (AnnounceEvent event : values()) {
            if (event != INVALID && event.name().toLowerCase(Locale.ROOT).equals(word)) {
                return event;
            }
        }
        return INVALID;
    }
}
