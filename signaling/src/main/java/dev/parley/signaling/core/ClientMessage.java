package dev.parley.signaling.core;

import org.jspecify.annotations.Nullable;

/** What a client asks of the hub, in the words of the core; dialects make it from text. */
public sealed interface ClientMessage {
    /** Repeated in the direct answer or the error, if the client gave one. */
    @Nullable
    Ref ref();

    /** Enter a room, which comes into being if it does not exist. */
    record Join(
            RoomName room,
            Presence presence,
            @Nullable String password,
            @Nullable Ref ref) implements ClientMessage {
        @Override
        public String toString() {
            return "Join[" + room + ", " + presence + ", " + ref + "]";
        }
    }

    /** Leave a room. */
    record Leave(RoomName room, @Nullable Ref ref) implements ClientMessage {}

    /** Pass data on to one member, to all others of a role, or to all others in the room if both are null. */
    record Signal(
            RoomName room,
            @Nullable SessionId to,
            @Nullable Role toRole,
            JsonText data,
            @Nullable Ref ref) implements ClientMessage {}

    /** Keep a value under a name for the whole room; null takes it away. */
    record SetKey(
            RoomName room,
            MemberName key,
            @Nullable JsonText value,
            @Nullable Ref ref) implements ClientMessage {}

    /** Change what the others see. */
    record Update(
            RoomName room, PresenceChange change, @Nullable Ref ref) implements ClientMessage {}

    /** Send a member out, for good if {@code banned}; hosts only. */
    record Expel(
            RoomName room,
            SessionId id,
            boolean banned,
            @Nullable Ref ref) implements ClientMessage {}

    /** Let in who waits before the room, or send it away; hosts only. */
    record AnswerKnock(
            RoomName room,
            SessionId id,
            boolean admitted,
            @Nullable Ref ref) implements ClientMessage {}

    /** Give a member a role; hosts only. */
    record SetRole(
            RoomName room,
            SessionId id,
            Role role,
            @Nullable Ref ref) implements ClientMessage {}

    /** Settle who gets into the room, and what is told of it; hosts only. */
    record Configure(
            RoomName room, RoomChange change, @Nullable Ref ref) implements ClientMessage {}

    /** Say nothing but the numbers of the {@link Stamp}. */
    record Acknowledge() implements ClientMessage {
        @Override
        public @Nullable Ref ref() {
            return null;
        }
    }

    /** End the session in order. */
    record Bye(@Nullable Ref ref) implements ClientMessage {}

    /** Ask for a sign of life. */
    record Ping(@Nullable Ref ref) implements ClientMessage {}
}
