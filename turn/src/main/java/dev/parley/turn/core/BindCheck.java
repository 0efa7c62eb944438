package dev.parley.turn.core;

import dev.parley.ice.address.TransportAddress;

/** What the checks of RFC 8656 section 12.2 say about a ChannelBind request. */
sealed interface BindCheck {
    record Refused(RefusalReason reason) implements BindCheck {}

    /** Neither the number nor the peer is bound yet. */
    record Fresh(Relay relay, int number, TransportAddress peer, PeerVerdict verdict) implements BindCheck {}

    /** The same binding again. */
    record Known(PeerRoute binding) implements BindCheck {}
}
