package dev.parley.signaling.transport;

import dev.parley.signaling.core.ClientMessage;
import dev.parley.signaling.core.Departure;
import dev.parley.signaling.core.Ref;
import dev.parley.signaling.core.Refusal;
import dev.parley.signaling.core.ResumeKey;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.core.Stamp;
import org.jspecify.annotations.Nullable;

/** What happened on one connection, before it is known which session that means. */
sealed interface LineEvent {

    /** Wants a session; both ids are fresh. */
    record Hello(SessionId id, ResumeKey key) implements LineEvent {}

    /** Wants to continue one; {@code next} is fresh. */
    record Resume(
            ResumeKey presented,
            long received,
            ResumeKey next,
            @Nullable Ref ref) implements LineEvent {}

    /** A message of the protocol. */
    record Message(Stamp stamp, ClientMessage message) implements LineEvent {}

    /** A message that is none. */
    record BadMessage(
            Stamp stamp,
            Refusal refusal,
            String detail,
            @Nullable Ref ref) implements LineEvent {}

    /** A ping or pong frame. */
    record Heard() implements LineEvent {}

    /** It is gone. */
    record Closed(Departure departure) implements LineEvent {}
}
