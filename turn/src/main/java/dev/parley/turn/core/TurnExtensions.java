package dev.parley.turn.core;

/**
 * What the operator has switched on beyond RFC 8489 and RFC 8656; all of it is off in {@link #NONE}.
 *
 * @param alternates where clients are sent when there is no room
 */
public record TurnExtensions(Alternates alternates) {
    public static final TurnExtensions NONE = new TurnExtensions(Alternates.NONE);
}
