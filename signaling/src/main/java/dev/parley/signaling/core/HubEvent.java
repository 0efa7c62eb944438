package dev.parley.signaling.core;

import dev.parley.ice.address.IpAddress;
import org.jspecify.annotations.Nullable;

/** What can happen to the hub. */
public sealed interface HubEvent {

    /** Somebody said hello and was admitted as {@code identity}; {@code key} is for continuing later. */
    record Opened(SessionId session, IpAddress remote, ResumeKey key, Identity identity) implements HubEvent {
        /** Somebody of whom nothing is known. */
        public Opened(SessionId session, IpAddress remote, ResumeKey key) {
            this(session, remote, key, Identity.ANONYMOUS);
        }
    }

    /**
     * Somebody wants to continue a session over a new connection.
     *
     * @param received the number of the last message it has from the hub; all later ones are sent again
     * @param next the key for the next time
     */
    record Resumed(
            ResumeKey presented,
            long received,
            IpAddress remote,
            ResumeKey next,
            @Nullable Ref ref) implements HubEvent {}

    /**
     * Another line carries a session from now on, such as the client's next request for its messages. The runner has
     * made sure that it is the same client, so no key is used for it.
     *
     * @param received the number of the last message it has from the hub; all later ones are sent again
     */
    record Carried(SessionId session, long received, IpAddress remote) implements HubEvent {}

    /** A message the dialect understood. */
    record Received(SessionId session, Stamp stamp, ClientMessage message) implements HubEvent {}

    /** A session brought a newer token, which was found good. */
    record Refreshed(
            SessionId session,
            Stamp stamp,
            Identity identity,
            @Nullable Ref ref) implements HubEvent {}

    /** A message the dialect did not understand; {@code detail} names the field. */
    record Rejected(
            SessionId session,
            Stamp stamp,
            Refusal refusal,
            String detail,
            @Nullable Ref ref) implements HubEvent {}

    /** A sign of life that is no message: a ping or pong frame. */
    record Heard(SessionId session) implements HubEvent {}

    /**
     * The connection of a session is gone, or the runner has given it up. A lost one may be followed by
     * {@link Resumed}, everything else ends the session.
     */
    record Closed(SessionId session, Departure departure) implements HubEvent {}

    /** These tokens count no more, in place of those revoked before; who came with one has to go. */
    record Revoked(Revocations revocations) implements HubEvent {}

    /** Somebody from outside wants something of a room; answered under this number. */
    record Ordered(long ticket, RoomOrder order) implements HubEvent {}

    /** {@link Hub#nextDeadlineNanos()} has come. */
    record TimerFired() implements HubEvent {}

    /** The server stops: close all sessions and take no more. */
    record Drained() implements HubEvent {}
}
