package dev.parley.turn.core;

import java.time.Duration;

/** The spans of time RFC 8656 and RFC 8489 prescribe; each constant lives here once. */
public final class Lifetimes {
    /** Default time-to-expiry of an allocation; RFC 8656 section 3.2. */
    public static final Duration ALLOCATION_DEFAULT = Duration.ofMinutes(10);

    /** Largest time-to-expiry a client can ask for; RFC 8656 section 7.2. */
    public static final Duration ALLOCATION_MAX = Duration.ofHours(1);

    /** RFC 8656 section 9: "MUST be 300 seconds". */
    public static final Duration PERMISSION = Duration.ofMinutes(5);

    /** RFC 8656 section 12. */
    public static final Duration CHANNEL = Duration.ofMinutes(10);

    /** How long a retransmitted Allocate gets the first answer again; RFC 8489 section 6.3.1. */
    public static final Duration REMEMBERED_ANSWER = Duration.ofSeconds(40);

    /** How long a port is held for the second allocation of a pair; RFC 8656 section 7.2, step 8. */
    public static final Duration PORT_HOLD = Duration.ofSeconds(30);

    /** How long a nonce is fresh; RFC 8656 section 5 asks for at most an hour. */
    public static final Duration NONCE = Duration.ofMinutes(10);

    /** A peer endpoint without a channel that was silent for so long may make room for another. */
    public static final Duration PEER_IDLE = Duration.ofMinutes(1);

    /** How long a peer connection waits for its ConnectionBind; RFC 6062 sections 5.2 and 5.3. */
    public static final Duration UNBOUND_CONNECTION = Duration.ofSeconds(30);

    static final long PERMISSION_NANOS = PERMISSION.toNanos();
    static final long CHANNEL_NANOS = CHANNEL.toNanos();
    static final long REMEMBERED_ANSWER_NANOS = REMEMBERED_ANSWER.toNanos();
    static final long PORT_HOLD_NANOS = PORT_HOLD.toNanos();
    static final long UNBOUND_CONNECTION_NANOS = UNBOUND_CONNECTION.toNanos();
    static final long PEER_IDLE_NANOS = PEER_IDLE.toNanos();

    private Lifetimes() {}

    /**
     * The time-to-expiry an Allocate or Refresh gets (RFC 8656 sections 7.2 and 8.2): what was asked for, cut at the
     * maximum, but never below the default.
     */
    static long grantedSeconds(long requestedSeconds, Duration max) {
        return Math.max(Math.min(requestedSeconds, max.toSeconds()), ALLOCATION_DEFAULT.toSeconds());
    }
}
