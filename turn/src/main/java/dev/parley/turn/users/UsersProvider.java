package dev.parley.turn.users;

import dev.parley.turn.core.Users;

/**
 * A plug-in that knows users: a class with a public constructor without parameters, named in {@code
 * META-INF/services/dev.parley.turn.users.UsersProvider} of a jar on the class path, and chosen by its name with the
 * key {@code turn.users-provider}. The launcher puts the jars of one folder there: {@code plugins} beside it, or the
 * one that {@code PARLEY_PLUGINS} names.
 *
 * <p>What it opens is asked on the relay's event loops for every request, so it answers from memory; where the truth
 * lies in a database or behind a network, the plug-in copies it in a thread of its own.
 */
public interface UsersProvider {
    /** What the configuration calls it. */
    String name();

    /**
     * Opens the source, once, before the relay starts; it may take its time and throw to keep the server from starting.
     *
     * @param realm of the server, which is part of every key
     * @param revocation to be told, from any thread, of users who lost their right: their allocations end
     */
    Users open(String realm, Revocation revocation);

    /** Ends what a user holds. */
    @FunctionalInterface
    interface Revocation {
        /** Closes every allocation of this name, which is the one that the source's decisions carry. */
        void revoke(String name);
    }
}
