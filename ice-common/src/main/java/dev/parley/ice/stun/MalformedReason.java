package dev.parley.ice.stun;

/** Why a datagram that began like STUN is no valid message; one metric label and log word each. */
public enum MalformedReason {
    /** The header's length is no multiple of 4 or does not fit the datagram (RFC 8489 section 5); dropped. */
    LENGTH,
    /** Dropped, as RFC 8489 section 6.3 says. */
    UNKNOWN_METHOD,
    /** Such as a Send request; dropped, as RFC 8489 section 6.3 says. */
    CLASS_NOT_ALLOWED,
    /** More than {@link StunDecoder#MOST_ATTRIBUTES}. */
    TOO_MANY_ATTRIBUTES,
    /** An attribute reaches past the end of the message. */
    TRUNCATED_ATTRIBUTE,
    /** A known attribute has an impossible length or content. */
    ATTRIBUTE_VALUE,
    /** Something follows FINGERPRINT (RFC 8489 section 14.7); dropped. */
    FINGERPRINT_NOT_LAST,
    /** Damaged, or another protocol that looks like STUN; dropped. */
    FINGERPRINT_WRONG
}
