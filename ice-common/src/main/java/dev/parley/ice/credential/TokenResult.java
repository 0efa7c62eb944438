package dev.parley.ice.credential;

import java.time.Instant;

/** What an access token turned out to be. */
public sealed interface TokenResult {

    /**
     * A token in force.
     *
     * @param key signs the messages of its holder
     * @param expiry when it ends, the allowed skew of clocks included
     */
    record Opened(LongTermKey key, Instant expiry) implements TokenResult {}

    /** Not a token, or none for this server, or changed on the way. */
    record Unreadable() implements TokenResult {}

    /** Nobody here has a key of that name, or not at this time. */
    record UnknownKey() implements TokenResult {}

    /** Its time is over, or lies too far ahead. */
    record OutOfTime() implements TokenResult {}
}
