package dev.parley.signaling.core;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What became of a {@link RoomOrder}. */
public sealed interface RoomAnswer {
    /**
     * The room as it is now.
     *
     * @param members in the order they came
     * @param waiting how many wait to be let in
     * @param emptySeconds how long it stays without members; 0 if it goes with the last
     * @param made whether the order has made it
     */
    record Seen(RoomName room, RoomView view, List<Seat> members, int waiting, int emptySeconds, boolean made)
            implements RoomAnswer {
        public Seen {
            members = List.copyOf(members);
        }
    }

    /** A member, with the user that its token names. */
    record Seat(MemberView member, @Nullable UserId user) {}

    /** It is done, and there is nothing to tell. */
    record Done() implements RoomAnswer {}

    /** Nothing has changed. */
    record Refused(Reason reason) implements RoomAnswer {}

    /** Why nothing has. */
    enum Reason {
        NO_SUCH_ROOM,
        NO_SUCH_MEMBER,
        NAME_TOO_LONG,
        METADATA_TOO_LARGE,
        /** Longer than a room may stay empty. */
        KEPT_TOO_LONG,
        /** As many as may be are kept. */
        TOO_MANY_KEPT,
        /** As many as may be are there. */
        ROOMS_EXHAUSTED,
        /** A mistake of our own; it is in the log. */
        FAULT;

        /** The word in answers and metrics. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
