package dev.parley.turn.transport;

/** The numbers of the transport, once, with the reason for each. */
final class Defaults {
    /** Unauthenticated answers a second to one source (IPv4 /32, IPv6 /64). */
    static final int RESPONSES_PER_SOURCE = 10;

    /** Unauthenticated answers a second to all sources together. */
    static final int RESPONSES_TOTAL = 50_000;

    private Defaults() {}
}
