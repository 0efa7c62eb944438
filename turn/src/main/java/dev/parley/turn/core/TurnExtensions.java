package dev.parley.turn.core;

import dev.parley.ice.credential.AccessTokens;
import org.jspecify.annotations.Nullable;

/**
 * What the operator has switched on beyond RFC 8489 and RFC 8656, and what not every operating system can do; all of
 * it is off in {@link #NONE}.
 *
 * @param alternates where clients are sent when there is no room
 * @param dontFragment whether the sockets can set the DF bit of a single datagram; without it, DONT-FRAGMENT is an
 *     attribute this server does not know (RFC 8656 section 7.2, step 4)
 * @param peerConnections connections to peers that a TCP allocation may have at once (RFC 6062); 0 without such
 *     allocations
 * @param accessTokens what opens the tokens of RFC 7635, or null if none are taken
 * @param behaviorDiscovery the addresses and ports of RFC 5780, or null if it is off
 * @param mobility what issues this event loop's tickets (RFC 8016), or null if clients stay where they are
 * @param rfc3489 whether requests of the first STUN, without magic cookie, are answered
 * @param reasonPhrases whether error answers carry the words of their RFC, which makes them longer
 */
public record TurnExtensions(
        Alternates alternates,
        boolean dontFragment,
        int peerConnections,
        @Nullable AccessTokens accessTokens,
        @Nullable BehaviorDiscovery behaviorDiscovery,
        @Nullable MobilityTickets mobility,
        boolean rfc3489,
        boolean reasonPhrases) {
    public static final TurnExtensions NONE =
            new TurnExtensions(Alternates.NONE, false, 0, null, null, null, false, false);

    public TurnExtensions with(Alternates newAlternates) {
        return new TurnExtensions(
                newAlternates,
                dontFragment,
                peerConnections,
                accessTokens,
                behaviorDiscovery,
                mobility,
                rfc3489,
                reasonPhrases);
    }

    public TurnExtensions withDontFragment(boolean possible) {
        return new TurnExtensions(
                alternates,
                possible,
                peerConnections,
                accessTokens,
                behaviorDiscovery,
                mobility,
                rfc3489,
                reasonPhrases);
    }

    /** TCP allocations (RFC 6062), each with so many connections to peers at once. */
    public TurnExtensions withTcpRelay(int most) {
        return new TurnExtensions(
                alternates, dontFragment, most, accessTokens, behaviorDiscovery, mobility, rfc3489, reasonPhrases);
    }

    public TurnExtensions with(@Nullable AccessTokens newAccessTokens) {
        return new TurnExtensions(
                alternates,
                dontFragment,
                peerConnections,
                newAccessTokens,
                behaviorDiscovery,
                mobility,
                rfc3489,
                reasonPhrases);
    }

    public TurnExtensions with(@Nullable BehaviorDiscovery newDiscovery) {
        return new TurnExtensions(
                alternates,
                dontFragment,
                peerConnections,
                accessTokens,
                newDiscovery,
                mobility,
                rfc3489,
                reasonPhrases);
    }

    public TurnExtensions withRfc3489(boolean answered) {
        return new TurnExtensions(
                alternates,
                dontFragment,
                peerConnections,
                accessTokens,
                behaviorDiscovery,
                mobility,
                answered,
                reasonPhrases);
    }

    public TurnExtensions with(@Nullable MobilityTickets tickets) {
        return new TurnExtensions(
                alternates,
                dontFragment,
                peerConnections,
                accessTokens,
                behaviorDiscovery,
                tickets,
                rfc3489,
                reasonPhrases);
    }

    public TurnExtensions withReasonPhrases(boolean told) {
        return new TurnExtensions(
                alternates, dontFragment, peerConnections, accessTokens, behaviorDiscovery, mobility, rfc3489, told);
    }

    boolean hasTcpRelay() {
        return peerConnections > 0;
    }
}
