package dev.parley.turn.core;

import org.jspecify.annotations.Nullable;

/**
 * Held ports by their tokens, known to all event loops: a client's second allocation has a 5-tuple of its own, so it
 * may arrive at another loop than the first. The locks live outside the core. Every held port ends either by one claim
 * or by one withdrawal, and a claimed one comes home by one giveBack.
 */
public interface Reservations {
    void hold(long token, HeldPort port);

    /** The port behind a token of this user, from now on the caller's; null if there is none (any more). */
    @Nullable
    HeldPort claim(long token, String name);

    /** Ends the hold; false if the port was claimed before. */
    boolean withdraw(long token);

    /** Sends a claimed port home. */
    void giveBack(HeldPort port);

    /** A port that came home to this loop, or null. */
    @Nullable
    HeldPort takeBack(int loop);
}
