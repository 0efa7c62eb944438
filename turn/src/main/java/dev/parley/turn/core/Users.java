package dev.parley.turn.core;

/**
 * Who may use the relay; asked by the core on its event loop, so implementations answer at once and from any thread.
 */
public interface Users {
    /** What is known about the USERNAME of a request whose nonce was good; nothing about the sender is proven yet. */
    UserDecision find(String username);

    /**
     * Whether the owner of an allocation may go on using it.
     *
     * @param username as it was when the allocation was made
     * @param name as {@link #find} gave it
     */
    Standing standing(String username, String name);

    /** How the owner of a live allocation stands now. */
    enum Standing {
        /** Credential or membership is good. */
        GOOD,
        /** The credential has expired, and nobody here knows whether its owner still has a right to it. */
        EXPIRED,
        /** The owner is known to have lost the right. */
        GONE
    }
}
