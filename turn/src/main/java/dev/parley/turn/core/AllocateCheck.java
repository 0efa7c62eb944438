package dev.parley.turn.core;

import dev.parley.ice.stun.attribute.Attribute;
import java.util.List;

/** What the checks of RFC 8656 section 7.2 say about an Allocate request. */
sealed interface AllocateCheck {
    record Refused(RefusalReason reason) implements AllocateCheck {}

    /**
     * The request is in order.
     *
     * @param relay the address to relay from; for a held port, that of the hold comes in its place
     * @param port which port
     * @param lifetimeSeconds what to grant
     * @param notes further attributes of the success response
     */
    record Wanted(RelayAddress relay, PortWish port, long lifetimeSeconds, List<Attribute> notes)
            implements AllocateCheck {
        Wanted from(RelayAddress otherRelay) {
            return new Wanted(otherRelay, port, lifetimeSeconds, notes);
        }
    }
}
