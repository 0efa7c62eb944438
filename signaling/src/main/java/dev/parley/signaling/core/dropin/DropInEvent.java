package dev.parley.signaling.core.dropin;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.core.Identity;
import dev.parley.signaling.core.Revocations;

/**
 * What can happen to a drop-in endpoint.
 *
 * @param <M> the messages of its clients
 */
public sealed interface DropInEvent<M> {

    /** A connection was admitted, as {@code identity}. */
    record Opened<M>(LineId line, IpAddress remote, Identity identity) implements DropInEvent<M> {}

    /** A client said something, be it understood or not. */
    record Received<M>(LineId line, M message) implements DropInEvent<M> {}

    /** A sign of life that is no message: a ping or pong frame. */
    record Heard<M>(LineId line) implements DropInEvent<M> {}

    /** The connection is gone. */
    record Closed<M>(LineId line) implements DropInEvent<M> {}

    /** These tokens count no more, in place of those revoked before; who came with one has to go. */
    record Revoked<M>(Revocations revocations) implements DropInEvent<M> {}

    /** {@link DropInHub#nextDeadlineNanos()} has come. */
    record TimerFired<M>() implements DropInEvent<M> {}

    /** The server stops: close all connections and take no more. */
    record Drained<M>() implements DropInEvent<M> {}
}
