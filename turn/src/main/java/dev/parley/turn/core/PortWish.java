package dev.parley.turn.core;

/** Which relay port an Allocate request asks for (RFC 8656 section 7.2, steps 6 and 8). */
sealed interface PortWish {
    record Any() implements PortWish {}

    /**
     * An even port.
     *
     * @param withNext also keep the next higher port for a second allocation
     */
    record Even(boolean withNext) implements PortWish {}

    /** The port held behind a token. */
    record Held(long token) implements PortWish {}
}
