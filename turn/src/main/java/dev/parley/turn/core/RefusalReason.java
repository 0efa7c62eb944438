package dev.parley.turn.core;

import dev.parley.ice.stun.StunError;
import org.jspecify.annotations.Nullable;

/** Why a request was not granted: one reason, one metric label and log word, one STUN error. */
public enum RefusalReason {
    MALFORMED("malformed", StunError.BAD_REQUEST),
    /** A method this server does not have; RFC 8489 section 6.3 discards it. */
    UNSUPPORTED_METHOD("unsupported-method", null),
    UNKNOWN_ATTRIBUTE("unknown-attribute", StunError.UNKNOWN_ATTRIBUTE),

    /** The usual first request: no MESSAGE-INTEGRITY. */
    UNSIGNED("unsigned", StunError.UNAUTHENTICATED),
    /** MESSAGE-INTEGRITY without USERNAME, REALM or NONCE. */
    INCOMPLETE_CREDENTIALS("incomplete-credentials", StunError.BAD_REQUEST),
    /** PASSWORD-ALGORITHM and PASSWORD-ALGORITHMS are not what was offered: perhaps somebody on the way changed it. */
    PASSWORD_ALGORITHM("password-algorithm", StunError.BAD_REQUEST),
    STALE_NONCE("stale-nonce", StunError.STALE_NONCE),
    /** A nonce this server never gave to this client. */
    FORGED_NONCE("forged-nonce", StunError.STALE_NONCE),
    OTHER_REALM("other-realm", StunError.UNAUTHENTICATED),
    UNKNOWN_USER("unknown-user", StunError.UNAUTHENTICATED),
    EXPIRED_CREDENTIAL("expired-credential", StunError.UNAUTHENTICATED),
    /** The user is a member of no room (any more). */
    MEMBER_GONE("member-gone", StunError.UNAUTHENTICATED),
    /** An access token of a key that is not ours, or not any more. */
    UNKNOWN_TOKEN_KEY("unknown-token-key", StunError.UNAUTHENTICATED),
    /** An access token that is none, or was changed, or is for another server. */
    BAD_TOKEN("bad-token", StunError.UNAUTHENTICATED),
    WRONG_INTEGRITY("wrong-integrity", StunError.UNAUTHENTICATED),
    /** The allocation belongs to another user. */
    OTHER_USER("other-user", StunError.WRONG_CREDENTIALS),

    /** A MOBILITY-TICKET that is none of this process. */
    BAD_TICKET("bad-ticket", StunError.BAD_REQUEST),
    /** A ticket to an allocation that has ended, or one that a later ticket has taken the place of. */
    STALE_TICKET("stale-ticket", StunError.ALLOCATION_MISMATCH),
    /** A ticket from the very 5-tuple that it belongs to. */
    NOT_MOVED("not-moved", StunError.BAD_REQUEST),
    /** Mobility for a TCP allocation, or a move that cannot be made now. */
    MOBILITY_FORBIDDEN("mobility-forbidden", StunError.MOBILITY_FORBIDDEN),

    NO_ALLOCATION("no-allocation", StunError.ALLOCATION_MISMATCH),
    ALLOCATION_EXISTS("allocation-exists", StunError.ALLOCATION_MISMATCH),
    MISSING_ATTRIBUTE("missing-attribute", StunError.BAD_REQUEST),
    CONFLICTING_ATTRIBUTES("conflicting-attributes", StunError.BAD_REQUEST),
    UNSUPPORTED_TRANSPORT("unsupported-transport", StunError.UNSUPPORTED_TRANSPORT_PROTOCOL),
    UNSUPPORTED_FAMILY("unsupported-family", StunError.ADDRESS_FAMILY_NOT_SUPPORTED),
    PEER_FAMILY("peer-family", StunError.PEER_ADDRESS_FAMILY_MISMATCH),

    USER_QUOTA("user-quota", StunError.ALLOCATION_QUOTA_REACHED),
    ADDRESS_QUOTA("address-quota", StunError.ALLOCATION_QUOTA_REACHED),
    TOTAL_QUOTA("total-quota", StunError.INSUFFICIENT_CAPACITY),
    DRAINING("draining", StunError.INSUFFICIENT_CAPACITY),
    PORTS_EXHAUSTED("ports-exhausted", StunError.INSUFFICIENT_CAPACITY),
    /** The operating system refused a socket on every port that was tried. */
    RELAY_REFUSED("relay-refused", StunError.INSUFFICIENT_CAPACITY),
    PERMISSION_LIMIT("permission-limit", StunError.INSUFFICIENT_CAPACITY),
    CHANNEL_LIMIT("channel-limit", StunError.INSUFFICIENT_CAPACITY),
    PEER_LIMIT("peer-limit", StunError.INSUFFICIENT_CAPACITY),
    /** A TCP allocation over datagrams or together with an attribute for them, or a channel on one (RFC 6062). */
    NOT_WITH_TCP("not-with-tcp", StunError.BAD_REQUEST),
    /** Connect on an allocation that relays datagrams. */
    WRONG_ALLOCATION("wrong-allocation", StunError.ALLOCATION_MISMATCH),
    CONNECTION_EXISTS("connection-exists", StunError.CONNECTION_ALREADY_EXISTS),
    CONNECTION_FAILED("connection-failed", StunError.CONNECTION_TIMEOUT_OR_FAILURE),
    CONNECTION_LIMIT("connection-limit", StunError.INSUFFICIENT_CAPACITY),
    /** ConnectionBind without a peer connection that waits for one. */
    UNKNOWN_CONNECTION("unknown-connection", StunError.BAD_REQUEST),

    CHANNEL_NUMBER("channel-number", StunError.BAD_REQUEST),
    /** The channel number or the peer belongs to another binding. */
    CHANNEL_CONFLICT("channel-conflict", StunError.BAD_REQUEST),

    PEER_PORT_ZERO("peer-port-zero", StunError.FORBIDDEN),
    PEER_IS_SELF("peer-is-self", StunError.FORBIDDEN),
    PEER_IS_OWN_ADDRESS("peer-is-own-address", StunError.FORBIDDEN),
    PEER_PORT_DENIED("peer-port-denied", StunError.FORBIDDEN),
    PEER_DENIED("peer-denied", StunError.FORBIDDEN),
    PEER_OUT_OF_SCOPE("peer-out-of-scope", StunError.FORBIDDEN);

    private final String label;
    private final @Nullable StunError error;

    RefusalReason(String label, @Nullable StunError error) {
        this.label = label;
        this.error = error;
    }

    /** Metric label and log word. */
    public String label() {
        return label;
    }

    /** What the client is told, or null if such requests are discarded. */
    public @Nullable StunError error() {
        return error;
    }

    /** Whether another server may have what this one has not: then the client is sent there, if there is one. */
    boolean mayRedirect() {
        return this == DRAINING || this == TOTAL_QUOTA || this == PORTS_EXHAUSTED;
    }
}
