package dev.parley.turn.core;

/**
 * What the operator has switched on beyond RFC 8489 and RFC 8656, and what not every operating system can do; all of
 * it is off in {@link #NONE}.
 *
 * @param alternates where clients are sent when there is no room
 * @param dontFragment whether the sockets can set the DF bit of a single datagram; without it, DONT-FRAGMENT is an
 *     attribute this server does not know (RFC 8656 section 7.2, step 4)
 */
public record TurnExtensions(Alternates alternates, boolean dontFragment) {
    public static final TurnExtensions NONE = new TurnExtensions(Alternates.NONE, false);

    public TurnExtensions with(Alternates newAlternates) {
        return new TurnExtensions(newAlternates, dontFragment);
    }

    public TurnExtensions withDontFragment(boolean possible) {
        return new TurnExtensions(alternates, possible);
    }
}
