package dev.parley.turn.core;

import org.jspecify.annotations.Nullable;

/** What the peer rules say about one peer of one allocation. */
public enum PeerVerdict {
    /** An ordinary peer, reached through the relay socket. */
    ADMITTED(null),
    /** A live relayed address of this process, reached in memory. */
    HAIRPIN(null),
    PORT_ZERO(RefusalReason.PEER_PORT_ZERO),
    /** The allocation's own relayed address. */
    SELF(RefusalReason.PEER_IS_SELF),
    /** An address of this host that is no live relayed address. */
    OWN_ADDRESS(RefusalReason.PEER_IS_OWN_ADDRESS),
    /** A port the operator denies, whatever the address. */
    DENIED_PORT(RefusalReason.PEER_PORT_DENIED),
    /** On the deny list. */
    DENIED_ADDRESS(RefusalReason.PEER_DENIED),
    /** Not in the rooms of the allocation's owner. */
    OUT_OF_SCOPE(RefusalReason.PEER_OUT_OF_SCOPE);

    private final @Nullable RefusalReason refusal;

    PeerVerdict(@Nullable RefusalReason refusal) {
        this.refusal = refusal;
    }

    /** Why a request about such a peer is refused, or null if it is not. */
    public @Nullable RefusalReason refusal() {
        return refusal;
    }

    public boolean admits() {
        return refusal == null;
    }
}
