package dev.parley.signaling.auth;

import java.util.Locale;

/** Why somebody was not let in. Never told to him: it would help in making a token that fits. */
public enum DenyReason {
    /** It shows none, and nobody is let in without. */
    NO_TOKEN,
    /** Larger than any token. */
    TOO_LARGE,
    /** No signed token in the compact form of RFC 7515. */
    MALFORMED,
    /** Signed in no way that is taken, or not at all. */
    ALGORITHM,
    /** Brings its own key or the place of one, or demands what is not understood. */
    HEADER,
    /** Signed with a key that is not known. */
    UNKNOWN_KEY,
    /** The key set could never be had. */
    NO_KEYS,
    SIGNATURE,
    /** Its end has come, or it has none. */
    EXPIRED,
    NOT_YET_VALID,
    ISSUER,
    AUDIENCE,
    /** What it says about user, rooms, role or limits cannot be read. */
    CLAIMS,
    /** Its token, or all of its user, count no more. */
    REVOKED,
    /** The authorisation hook said no. */
    HOOK_DENIED,
    /** The authorisation hook did not answer in time, or not as agreed. */
    HOOK_FAILED,
    /** Too many are waiting at the door. */
    BUSY,
    /** A mistake of our own; it is in the log. */
    FAULT;

    /** Whether the same applicant may be let in a little later. */
    public boolean isTemporary() {
        return switch (this) {
            case NO_KEYS, HOOK_FAILED, BUSY, FAULT -> true;
            case NO_TOKEN,
                    TOO_LARGE,
                    MALFORMED,
                    ALGORITHM,
                    HEADER,
                    UNKNOWN_KEY,
                    SIGNATURE,
                    EXPIRED,
                    NOT_YET_VALID,
                    ISSUER,
                    AUDIENCE,
                    CLAIMS,
                    REVOKED,
                    HOOK_DENIED -> false;
        };
    }

    /** The word in metrics and logs. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
