package dev.parley.turn.core;

import org.jspecify.annotations.Nullable;

/**
 * A 5-tuple from which the client of a mobile allocation has shown a ticket, and from which no data has come yet: until
 * then the allocation stays where it is (RFC 8016 section 3.2.2).
 */
final class Handover {
    private final Allocation allocation;
    private final ClientKey client;
    private final int serial;
    private boolean lost;

    /** @param serial of the ticket that the client was given for the next time */
    Handover(Allocation allocation, ClientKey client, int serial) {
        this.allocation = allocation;
        this.client = client;
        this.serial = serial;
    }

    Allocation allocation() {
        return allocation;
    }

    ClientKey client() {
        return client;
    }

    int serial() {
        return serial;
    }

    /** Where the client is about to come from, or null if that connection has ended meanwhile. */
    @Nullable
    ClientKey reachable() {
        return lost ? null : client;
    }

    /** Its connection has ended; the ticket stays good. */
    void lose() {
        lost = true;
    }
}
