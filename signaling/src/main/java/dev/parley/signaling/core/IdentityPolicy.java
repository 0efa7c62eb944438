package dev.parley.signaling.core;

/**
 * What identities mean in rooms.
 *
 * @param rolesFromTokens whether only tokens make hosts: neither making a room nor outliving its hosts does
 * @param oneSessionPerUser whether a user who joins a room again replaces the session it has there
 */
public record IdentityPolicy(boolean rolesFromTokens, boolean oneSessionPerUser) {
    /** Rooms have hosts of their own, and a user may be in a room several times. */
    public static final IdentityPolicy USUAL = new IdentityPolicy(false, false);
}
