package dev.parley.turn.core;

/** Names whose time-limited credentials count no more, though they have not expired; asked from every event loop. */
@FunctionalInterface
public interface RevokedNames {
    /** Nobody's. */
    RevokedNames NONE = name -> false;

    /**
     * Answers from memory.
     *
     * @param name the username without its expiry; not that of a room member
     */
    boolean isRevoked(String name);
}
