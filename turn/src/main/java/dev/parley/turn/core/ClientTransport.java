package dev.parley.turn.core;

/**
 * What carries the packets between a client and a listener (RFC 8656 section 3.1). It is part of the listener's number,
 * so that a {@link ClientKey} tells it without a look-up.
 */
public enum ClientTransport {
    UDP(0),
    TCP(1),
    TLS(2),
    DTLS(3);

    /** How many listening addresses one transport may have. */
    public static final int MOST_LISTENERS = 1 << 12;

    private static final ClientTransport[] ALL = {UDP, TCP, TLS, DTLS};

    private final int number;

    ClientTransport(int number) {
        this.number = number;
    }

    /** The number of the listener with this index among those of its transport; for UDP the index itself. */
    public int listener(int index) {
        if (index < 0 || index >= MOST_LISTENERS) {
            throw new IllegalArgumentException("no such listener: " + index);
        }
        return number * MOST_LISTENERS + index;
    }

    /** The transport of a listener. */
    public static ClientTransport of(int listener) {
        return ALL[listener / MOST_LISTENERS];
    }

    /** What {@link #listener} was given. */
    public static int indexOf(int listener) {
        return listener % MOST_LISTENERS;
    }

    /**
     * Whether a packet proves that its sender lives at its source address. Over UDP it does not, so answers to
     * strangers must stay small there.
     */
    public boolean provesAddress() {
        return this != UDP;
    }

    /** Whether bytes come in order, so that it can carry TCP allocations (RFC 6062 section 5.1). */
    public boolean isStream() {
        return this == TCP || this == TLS;
    }

    /** Whether the server needs nothing but an address to send there. */
    public boolean isOfDatagrams() {
        return this == UDP;
    }

    /** Whether what is sent cannot be read on the way. */
    public boolean isEncrypted() {
        return this == TLS || this == DTLS;
    }
}
