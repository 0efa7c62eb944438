package dev.parley.config;

/** What happens when a user joins a room that he is in already. */
public enum SameUser {
    /** Both sessions are there. */
    ALLOW,
    /** The older one goes. */
    REPLACE
}
