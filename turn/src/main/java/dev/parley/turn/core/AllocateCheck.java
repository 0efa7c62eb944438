package dev.parley.turn.core;

import dev.parley.ice.stun.attribute.Attribute;
import java.util.List;

/** What the checks of RFC 8656 section 7.2 say about an Allocate request. */
sealed interface AllocateCheck {
    record Refused(RefusalReason reason) implements AllocateCheck {}

    /**
     * The request is in order.
     *
     * @param relay the address to relay from
     * @param lifetimeSeconds what to grant
     * @param notes further attributes of the success response
     */
    record Wanted(RelayAddress relay, long lifetimeSeconds, List<Attribute> notes) implements AllocateCheck {}
}
