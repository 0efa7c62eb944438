package dev.parley.turn.core;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.ClassicBinding;
import dev.parley.ice.stun.DecodeResult;
import io.netty.buffer.ByteBuf;

/** What can happen to {@link TurnServer}; the transport makes these on the server's own event loop. */
public sealed interface TurnEvent {

    /**
     * A STUN message from a client.
     *
     * @param message the bytes it was decoded from, borrowed for the call; the reader index stands where the
     *     decoder's stood
     */
    record Request(ClientKey client, DecodeResult.Decoded decoded, ByteBuf message) implements TurnEvent {}

    /** A STUN message from a client that broke a rule of the format. */
    record MalformedRequest(ClientKey client, DecodeResult.Malformed malformed) implements TurnEvent {}

    /** A Binding request of RFC 3489; only where {@link TurnServer#answersRfc3489} says so. */
    record ClassicRequest(ClientKey client, ClassicBinding request) implements TurnEvent {}

    /** The socket an OpenRelay asked for exists. Each OpenRelay is answered once, by this or by RelayRefused. */
    record RelayOpened(long relayId) implements TurnEvent {}

    /** The operating system gave no socket for an OpenRelay: port in use, no descriptors. */
    record RelayRefused(long relayId) implements TurnEvent {}

    /** An open relay socket failed for good. */
    record RelayLost(long relayId) implements TurnEvent {}

    /**
     * The connection of this client (TCP, TLS, DTLS) has ended, and so does the allocation made over it, if any, unless
     * it is mobile.
     */
    record ClientGone(ClientKey client) implements TurnEvent {}

    /** A Send indication or ChannelData from where {@link TurnServer#isMovingTo} says that a client is moving to. */
    record ClientMoves(ClientKey client) implements TurnEvent {}

    /** The connection a ConnectPeer asked for stands (RFC 6062). Each is answered once, by this or by PeerFailed. */
    record PeerConnected(int connectionId) implements TurnEvent {}

    /** It could not be made, or not in time. */
    record PeerFailed(int connectionId) implements TurnEvent {}

    /**
     * A peer has connected to the relayed address of a TCP allocation. Answered by TakePeer or RefusePeer.
     *
     * @param arrival the transport's own number for it
     */
    record PeerArrived(Relay relay, TransportAddress peer, long arrival) implements TurnEvent {}

    /** A peer connection, or the client's data connection joined to it, is closed. */
    record PeerClosed(int connectionId) implements TurnEvent {}

    /** {@link TurnServer#nextDeadlineNanos} has come. */
    record TimerFired() implements TurnEvent {}

    /** All rights of a user ended: every allocation of this name closes. */
    record Revoked(String name) implements TurnEvent {}

    /** Other deny lists, own addresses or scope: permissions and channels that break them close. */
    record RulesChanged(PeerRules rules) implements TurnEvent {}

    /** Other limits from now on; what exceeds them already may stay. */
    record LimitsChanged(TurnLimits limits) implements TurnEvent {}

    /** No new allocations from now on; existing ones go on. */
    record DrainStarted() implements TurnEvent {}
}
