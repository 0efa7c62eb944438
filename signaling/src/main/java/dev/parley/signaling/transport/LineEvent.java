package dev.parley.signaling.transport;

import dev.parley.signaling.auth.BearerToken;
import dev.parley.signaling.auth.Decision;
import dev.parley.signaling.core.ClientMessage;
import dev.parley.signaling.core.Departure;
import dev.parley.signaling.core.Ref;
import dev.parley.signaling.core.Refusal;
import dev.parley.signaling.core.ResumeKey;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.core.Stamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened on one connection, before it is known which session that means. */
sealed interface LineEvent {

    /** Wants a session; both ids are fresh. {@code origin} is of the page it came from, null if it is no page. */
    record Hello(
            SessionId id,
            ResumeKey key,
            @Nullable BearerToken token,
            @Nullable RoomName room,
            @Nullable String origin,
            @Nullable Ref ref)
            implements LineEvent {}

    /**
     * The last {@link Hello}, {@link Refresh}, or {@link Post} that brings one, was looked at; of the server
     * itself.
     */
    record Decided(Decision decision) implements LineEvent {}

    /** Wants to continue one; {@code next} is fresh. */
    record Resume(
            ResumeKey presented,
            long received,
            ResumeKey next,
            @Nullable Ref ref) implements LineEvent {}

    /** Is there to be sent what the session of this key has for its client, which has all up to this number. */
    record Carry(LineKey presented, long received) implements LineEvent {}

    /** Brings messages for the session of this key, which other lines carry, and is answered when that is done. */
    record Post(LineKey presented, List<Said> messages) implements LineEvent {
        public Post {
            messages = List.copyOf(messages);
        }

        /** Without the first so many messages. */
        Post rest(int from) {
            return new Post(presented, messages.subList(from, messages.size()));
        }
    }

    /** Has waited long enough for something to send. */
    record Lapsed() implements LineEvent {}

    /** What a client says in its session. */
    sealed interface Said extends LineEvent {}

    /** A message of the protocol. */
    record Message(Stamp stamp, ClientMessage message) implements Said {}

    /** Brings a newer token. */
    record Refresh(
            Stamp stamp,
            BearerToken token,
            @Nullable RoomName room,
            @Nullable String origin,
            @Nullable Ref ref) implements Said {}

    /** A message that is none. */
    record BadMessage(
            Stamp stamp,
            Refusal refusal,
            String detail,
            @Nullable Ref ref) implements Said {
        /** There is a session already. */
        static BadMessage secondHello(@Nullable Ref ref) {
            return new BadMessage(Stamp.NONE, Refusal.BAD_MESSAGE, "this connection has a session already", ref);
        }
    }

    /** A ping or pong frame. */
    record Heard() implements LineEvent {}

    /** It is gone. */
    record Closed(Departure departure) implements LineEvent {}
}
