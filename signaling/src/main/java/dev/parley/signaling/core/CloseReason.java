package dev.parley.signaling.core;

import java.time.Duration;

/** Why the server ends a line, with the code and word a client sees (RFC 6455 section 7.4). */
public enum CloseReason {
    /** The client has ended the session. */
    BYE(1000, "bye", Duration.ZERO),
    PROTOCOL_ERROR(1002, "protocol-error", Duration.ZERO),
    TEXT_ONLY(1003, "text-only", Duration.ZERO),
    BAD_UTF8(1007, "bad-utf8", Duration.ZERO),
    TOO_BIG(1009, "too-big", Duration.ZERO),
    INTERNAL_ERROR(1011, "internal-error", Duration.ofSeconds(2)),
    /** PeerJS: not admitted, and told so before; the close frame says nothing, as that of the stock server. */
    PEER_REFUSED(1005, "peer-refused", Duration.ZERO),
    /** PeerJS: no heartbeat any more; the close frame says nothing, as that of the stock server. */
    PEER_SILENT(1005, "peer-silent", Duration.ZERO),
    TRY_LATER(1013, "try-later", Duration.ofSeconds(10)),
    REPLACED(4001, "replaced", Duration.ZERO),
    NO_HELLO(4002, "no-hello", Duration.ZERO),
    DENIED(4003, "denied", Duration.ZERO),
    TOKEN_EXPIRED(4004, "token-expired", Duration.ZERO),
    FLOOD(4008, "flood", Duration.ofSeconds(30)),
    GOING_AWAY(4010, "going-away", Duration.ofSeconds(1)),
    SLOW_READER(4011, "slow-reader", Duration.ofSeconds(2)),
    NO_ROOM(4012, "no-room", Duration.ZERO),
    SILENT(4013, "silent", Duration.ofSeconds(1));

    private final int code;
    private final String word;
    private final Duration reconnectAfter;

    CloseReason(int code, String word, Duration reconnectAfter) {
        this.code = code;
        this.word = word;
        this.reconnectAfter = reconnectAfter;
    }

    /** The close code that the client sees; 1005 is what it makes of a close frame without one. */
    public int code() {
        return code;
    }

    /** Whether the close frame has a code; 1005 itself may not be sent (RFC 6455 section 7.4.1). */
    public boolean hasStatus() {
        return code != 1005;
    }

    /** The first word of the close frame's reason text; also the label of metrics. */
    public String word() {
        return word;
    }

    /**
     * The least a client should wait before it comes back; the runner adds jitter. Zero: no hint, coming back does
     * not help.
     */
    public Duration reconnectAfter() {
        return reconnectAfter;
    }
}
