package dev.parley.turn.loop;

/** Why a connection of a client over TCP or TLS was closed. */
public enum ConnectionEnd {
    /** The client closed it, or it broke. */
    CLIENT("client"),
    /** More connections than there may be. */
    TOO_MANY("too-many"),
    /** More connections of one address without a credential than there may be. */
    TOO_MANY_OF_ADDRESS("too-many-of-address"),
    /** No PROXY header from a hop that has to send one, or not one that can be understood. */
    BAD_PROXY_HEADER("bad-proxy-header"),
    /** Began with something else than STUN, or TLS where there is a certificate. */
    NOT_STUN("not-stun"),
    /** The TLS handshake failed, or a record was not what the peer sent. */
    TLS_FAILED("tls-failed"),
    /** Offered application protocols over TLS, and none of ours (RFC 7301). */
    NO_APPLICATION_PROTOCOL("no-application-protocol"),
    /** PROXY header and TLS handshake took too long. */
    HANDSHAKE_TIMEOUT("handshake-timeout"),
    /** No whole message in time. */
    FIRST_MESSAGE_TIMEOUT("first-message-timeout"),
    /** No further message in time, without a credential, or with one and without an allocation. */
    IDLE("idle"),
    /** Neither STUN nor ChannelData between two messages. */
    BAD_FRAME("bad-frame"),
    /** A message longer than it may be. */
    FRAME_TOO_LONG("frame-too-long"),
    /** The client asks and does not read the answers. */
    SLOW_READER("slow-reader"),
    /** A newer connection has the same client address. */
    REPLACED("replaced"),
    /** A mistake of ours. */
    FAULT("fault");

    private final String label;

    ConnectionEnd(String label) {
        this.label = label;
    }

    /** Metric label. */
    public String label() {
        return label;
    }
}
