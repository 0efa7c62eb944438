package dev.parley.turn.core;

/** Who is a member of a room right now; asked from every event loop. */
@FunctionalInterface
public interface MemberDirectory {
    /**
     * True while the member is in at least one room.
     *
     * @param name with the prefix of {@link dev.parley.ice.credential.MemberNames}
     */
    boolean isLive(String name);
}
