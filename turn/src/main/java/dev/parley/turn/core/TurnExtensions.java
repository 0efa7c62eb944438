package dev.parley.turn.core;

/**
 * What the operator has switched on beyond RFC 8489 and RFC 8656, and what not every operating system can do; all of
 * it is off in {@link #NONE}.
 *
 * @param alternates where clients are sent when there is no room
 * @param dontFragment whether the sockets can set the DF bit of a single datagram; without it, DONT-FRAGMENT is an
 *     attribute this server does not know (RFC 8656 section 7.2, step 4)
 * @param peerConnections connections to peers that a TCP allocation may have at once (RFC 6062); 0 without such
 *     allocations
 */
public record TurnExtensions(Alternates alternates, boolean dontFragment, int peerConnections) {
    public static final TurnExtensions NONE = new TurnExtensions(Alternates.NONE, false, 0);

    public TurnExtensions with(Alternates newAlternates) {
        return new TurnExtensions(newAlternates, dontFragment, peerConnections);
    }

    public TurnExtensions withDontFragment(boolean possible) {
        return new TurnExtensions(alternates, possible, peerConnections);
    }

    /** TCP allocations (RFC 6062), each with so many connections to peers at once. */
    public TurnExtensions withTcpRelay(int most) {
        return new TurnExtensions(alternates, dontFragment, most);
    }

    boolean hasTcpRelay() {
        return peerConnections > 0;
    }
}
