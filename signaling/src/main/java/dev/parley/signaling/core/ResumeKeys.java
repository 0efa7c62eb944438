package dev.parley.signaling.core;

import org.jspecify.annotations.Nullable;

/**
 * The keys that continue one session. Each continuation brings a new one; the one that was used stays good until the
 * client has shown that it got the new one, because the answer that carried it may have been lost with the connection.
 */
final class ResumeKeys {
    private ResumeKey current;
    private @Nullable ResumeKey used;

    ResumeKeys(ResumeKey first) {
        this.current = first;
    }

    /** The one for the next time. */
    ResumeKey current() {
        return current;
    }

    boolean accept(ResumeKey presented) {
        return current.matches(presented) || (used != null && used.matches(presented));
    }

    /** The session goes on, and this key is for the next time. */
    void renew(ResumeKey presented, ResumeKey next) {
        used = presented;
        current = next;
    }

    /** The client spoke over the connection that brought it the current key: replaying the older one is void. */
    void confirm() {
        used = null;
    }
}
