package dev.parley.ice.stun;

/** The error codes of STUN, TURN and their extensions, with the phrases of their RFCs. */
public enum StunError {
    TRY_ALTERNATE(300, "Try Alternate", "RFC 8489 section 14.8"),
    BAD_REQUEST(400, "Bad Request", "RFC 8489 section 14.8"),
    UNAUTHENTICATED(401, "Unauthenticated", "RFC 8489 section 14.8"),
    FORBIDDEN(403, "Forbidden", "RFC 8656 section 19"),
    MOBILITY_FORBIDDEN(405, "Mobility Forbidden", "RFC 8016 section 3.5"),
    UNKNOWN_ATTRIBUTE(420, "Unknown Attribute", "RFC 8489 section 14.8"),
    ALLOCATION_MISMATCH(437, "Allocation Mismatch", "RFC 8656 section 19"),
    STALE_NONCE(438, "Stale Nonce", "RFC 8489 section 14.8"),
    ADDRESS_FAMILY_NOT_SUPPORTED(440, "Address Family not Supported", "RFC 8656 section 19"),
    WRONG_CREDENTIALS(441, "Wrong Credentials", "RFC 8656 section 19"),
    UNSUPPORTED_TRANSPORT_PROTOCOL(442, "Unsupported Transport Protocol", "RFC 8656 section 19"),
    PEER_ADDRESS_FAMILY_MISMATCH(443, "Peer Address Family Mismatch", "RFC 8656 section 19"),
    CONNECTION_ALREADY_EXISTS(446, "Connection Already Exists", "RFC 6062 section 6.3"),
    CONNECTION_TIMEOUT_OR_FAILURE(447, "Connection Timeout or Failure", "RFC 6062 section 6.3"),
    ALLOCATION_QUOTA_REACHED(486, "Allocation Quota Reached", "RFC 8656 section 19"),
    ROLE_CONFLICT(487, "Role Conflict", "RFC 8445 section 7.3.1.1"),
    SERVER_ERROR(500, "Server Error", "RFC 8489 section 14.8"),
    INSUFFICIENT_CAPACITY(508, "Insufficient Capacity", "RFC 8656 section 19");

    private final int code;
    private final String phrase;
    private final String section;

    StunError(int code, String phrase, String section) {
        this.code = code;
        this.phrase = phrase;
        this.section = section;
    }

    /** 300 to 699. */
    public int code() {
        return code;
    }

    /** The RFC's reason phrase. */
    public String phrase() {
        return phrase;
    }

    /** Where the code is defined. */
    public String section() {
        return section;
    }
}
