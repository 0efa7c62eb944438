package dev.parley.signaling.core;

import org.jspecify.annotations.Nullable;

/**
 * By what a token is known again, so that it can be revoked.
 *
 * @param id that its issuer gave it (RFC 7519 section 4.1.7); null if it has none
 * @param issuedSeconds when it was issued, in seconds since 1970; -1 if it does not say
 */
public record TokenMark(@Nullable String id, long issuedSeconds) {
    /** No token, or one that says nothing of itself. */
    public static final TokenMark NONE = new TokenMark(null, -1);
}
