package dev.parley.turn.core;

import dev.parley.ice.address.TransportAddress;

/** The relayed addresses that live in this process, of all event loops; kept by whoever runs the effects. */
@FunctionalInterface
public interface LiveRelays {
    /** True between the effects AllocationOpened and AllocationEnded of exactly this relayed address. */
    boolean isLive(TransportAddress relayed);
}
