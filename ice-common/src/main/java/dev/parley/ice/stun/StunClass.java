package dev.parley.ice.stun;

/** The four classes of STUN messages (RFC 8489 section 5), in the order of their two bits. */
public enum StunClass {
    REQUEST(0b00),
    INDICATION(0b01),
    SUCCESS_RESPONSE(0b10),
    ERROR_RESPONSE(0b11);

    private final int bits;

    StunClass(int bits) {
        this.bits = bits;
    }

    /** C1 and C0 of the message type. */
    int bits() {
        return bits;
    }
}
