package dev.parley.turn.loop;

/** Why the transport itself dropped a datagram; the core's reasons are in {@link dev.parley.turn.core.DropReason}. */
public enum WireDrop {
    /** Neither STUN nor ChannelData. */
    UNKNOWN_PACKET("unknown-packet"),
    /** STUN by its first bits, but without the cookie, or too broken to be answered. */
    MALFORMED_STUN("malformed-stun"),
    /** ChannelData shorter than its header or than the length in it, or with an impossible number. */
    MALFORMED_CHANNEL_DATA("malformed-channel-data"),
    /** From an address that has no allocation. */
    UNKNOWN_CLIENT("unknown-client"),
    /** For a client over TCP or TLS that reads slower than its peers send. */
    SLOW_CLIENT("slow-client"),
    /** For a client whose connection ended before. */
    CLIENT_GONE("client-gone"),
    /** A DTLS record of a sender that has no association, and no ClientHello either. */
    DTLS_STRANGER("dtls-stranger"),
    /** A ClientHello that is in fragments, broken, or shorter than its answer. */
    DTLS_HELLO("dtls-hello"),
    /** A verified ClientHello beyond the limits of handshakes or associations. */
    DTLS_FULL("dtls-full"),
    /** A record that has no place in the handshake that is under way. */
    DTLS_HANDSHAKE("dtls-handshake"),
    /** A record of an established association that is not authentic, not new or not of its epoch. */
    DTLS_RECORD("dtls-record"),
    /** For a relayed address of this process that is no longer live. */
    DEAD_HAIRPIN("dead-hairpin"),
    /** Its time to live ended here, as it would have at a router. */
    TTL_EXPIRED("ttl-expired"),
    /** Longer than what the kernel may write into, so it was cut. */
    TRUNCATED("truncated"),
    /** Longer than the message it must travel in. */
    TOO_LONG("too-long"),
    /** The socket's send queue is full; a relay drops, it does not queue. */
    SEND_QUEUE_FULL("send-queue-full"),
    /** The kernel refused to send: unreachable, forbidden, too long. */
    SEND_REFUSED("send-refused"),
    /** An answer that the response budget of its receiver, or of all together, does not allow. */
    RESPONSE_BUDGET("response-budget");

    private final String label;

    WireDrop(String label) {
        this.label = label;
    }

    /** Metric label. */
    public String label() {
        return label;
    }
}
