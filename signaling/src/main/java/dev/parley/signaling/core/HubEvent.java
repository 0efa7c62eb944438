package dev.parley.signaling.core;

import dev.parley.ice.address.IpAddress;
import org.jspecify.annotations.Nullable;

/** What can happen to the hub. */
public sealed interface HubEvent {

    /** A connection is ready to talk. */
    record Opened(SessionId session, IpAddress remote) implements HubEvent {}

    /** A message the dialect understood. */
    record Received(SessionId session, ClientMessage message) implements HubEvent {}

    /** A message the dialect did not understand; {@code detail} names the field. */
    record Rejected(
            SessionId session,
            Refusal refusal,
            String detail,
            @Nullable Ref ref) implements HubEvent {}

    /** A sign of life that is no message: a ping or pong frame. */
    record Heard(SessionId session) implements HubEvent {}

    /** The connection is gone, or the runner has given it up. */
    record Closed(SessionId session, Departure departure) implements HubEvent {}

    /** {@link Hub#nextDeadlineNanos()} has come. */
    record TimerFired() implements HubEvent {}

    /** The server stops: close all sessions and take no more. */
    record Drained() implements HubEvent {}
}
