package dev.parley.turn.core;

/** Why a packet found no route. */
public enum DropReason {
    /** From a client (or for a relay) without a live allocation. */
    NO_ALLOCATION("no-allocation"),
    UNBOUND_CHANNEL("unbound-channel"),
    NO_PERMISSION("no-permission"),
    /** The peer rules say no. */
    PEER_DENIED("peer-denied"),
    /** A packet on the wire that claims to come from a relayed address of this process. */
    SPOOFED_RELAY("spoofed-relay"),
    PEER_FAMILY("peer-family"),
    /** Too many distinct peer endpoints at once, or too many new ones per second. */
    PEER_LIMIT("peer-limit"),
    /** The allocation, all of its user's together, or the whole server relayed as much as it may. */
    ALLOCATION_BANDWIDTH("allocation-bandwidth"),
    USER_BANDWIDTH("user-bandwidth"),
    TOTAL_BANDWIDTH("total-bandwidth"),
    /** A Send indication without peer or data, or with an attribute we must understand and do not. */
    BAD_INDICATION("bad-indication"),
    /** An ICMP message that is no error a client is told of. */
    ICMP_TYPE("icmp-type"),
    /** Too many ICMP errors for one allocation. */
    ICMP_LIMIT("icmp-limit");

    private final String label;

    DropReason(String label) {
        this.label = label;
    }

    /** Metric label. */
    public String label() {
        return label;
    }
}
