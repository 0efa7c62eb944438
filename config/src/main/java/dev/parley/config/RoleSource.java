package dev.parley.config;

/** Where the hosts of rooms come from. */
public enum RoleSource {
    /** Whoever makes a room is its host, unless a token says otherwise. */
    ROOM,
    /** Only tokens and the hook make hosts. */
    TOKEN
}
