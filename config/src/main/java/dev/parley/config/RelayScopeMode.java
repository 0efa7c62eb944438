package dev.parley.config;

/** The values of {@code relay.scope}. */
public enum RelayScopeMode {
    /** Only members of the same rooms. */
    ROOM,
    /** Every address that is not denied. */
    PUBLIC
}
