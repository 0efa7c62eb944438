package dev.parley.ice.credential;

/** What {@link NonceIssuer} says about a nonce. Anything but VALID is answered with 438 and a fresh nonce. */
public enum NonceState {
    /** Issued here to this client, and young enough. */
    VALID,
    /** Issued here to this client, but too long ago. */
    STALE,
    /** Not issued here, or to another client, or from a future too far, or longer ago than anybody remembers. */
    FORGED
}
