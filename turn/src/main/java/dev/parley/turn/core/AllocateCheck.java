package dev.parley.turn.core;

import java.util.List;

/** What the checks of RFC 8656 section 7.2 say about an Allocate request. */
sealed interface AllocateCheck {
    record Refused(RefusalReason reason) implements AllocateCheck {}

    /**
     * The request is in order.
     *
     * @param relays the addresses to relay from, one of a family; for a held port, that of the hold comes in its place
     * @param port which port
     * @param lifetimeSeconds what to grant
     * @param shortfalls families asked for that this server does not have
     * @param tcp whether to relay TCP (RFC 6062) instead of UDP
     * @param mobile whether the client gets a ticket (RFC 8016)
     */
    record Wanted(
            List<RelayAddress> relays,
            PortWish port,
            long lifetimeSeconds,
            List<Shortfall> shortfalls,
            boolean tcp,
            boolean mobile)
            implements AllocateCheck {
        public Wanted {
            relays = List.copyOf(relays);
            shortfalls = List.copyOf(shortfalls);
        }

        /** What ends with an access token is not granted for longer. */
        Wanted atMost(long seconds) {
            return new Wanted(relays, port, Math.min(lifetimeSeconds, seconds), shortfalls, tcp, mobile);
        }
    }
}
