package dev.parley.turn.core;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.stun.ClassicBinding;
import dev.parley.ice.stun.IntegrityAlgorithm;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.attribute.ResponseOrigin;
import org.jspecify.annotations.Nullable;

/** What {@link TurnServer} wants done, in this order; the transport does it on the same event loop. */
public sealed interface TurnEffect {

    /**
     * Send a STUN message to a client.
     *
     * @param key what to sign with, or null for an unsigned message
     * @param integrity which attribute to sign with
     * @param fingerprint whether to add FINGERPRINT: only where the request had one
     * @param refusal why the request was refused, or null for a success
     */
    record Reply(
            ClientKey client,
            StunMessage message,
            @Nullable LongTermKey key,
            IntegrityAlgorithm integrity,
            boolean fingerprint,
            @Nullable RefusalReason refusal)
            implements TurnEffect {

        /**
         * True for error answers to senders who proved nothing, and for answers of behaviour discovery; the response
         * budget must limit both. A 438 is not among them: it is shorter than any request that can cause it.
         */
        public boolean mayAmplify() {
            boolean discovery = refusal == null && message.has(ResponseOrigin.class);
            return discovery || isUnsignedRefusal();
        }

        private boolean isUnsignedRefusal() {
            return key == null
                    && refusal != null
                    && refusal != RefusalReason.STALE_NONCE
                    && refusal != RefusalReason.FORGED_NONCE;
        }
    }

    /** Answer a Binding request of RFC 3489 with MAPPED-ADDRESS; within the response budget. */
    record ClassicReply(ClientKey client, ClassicBinding request) implements TurnEffect {}

    /**
     * Open a UDP socket, or for a TCP allocation a listening one, and answer with RelayOpened or RelayRefused. A
     * second OpenRelay of the same relay follows a RelayRefused and names another port.
     *
     * @param relay whose socket it is; give it to {@link TurnServer#routeFromPeer} with what arrives there
     * @param bind the local address and port
     */
    record OpenRelay(Relay relay, TransportAddress bind) implements TurnEffect {}

    /** Connect to a peer from a relayed address (RFC 6062) and answer with PeerConnected or PeerFailed. */
    record ConnectPeer(Relay relay, int connectionId, TransportAddress peer) implements TurnEffect {}

    /** Keep a peer that has come by itself, reading nothing from it yet. */
    record TakePeer(Relay relay, long arrival, int connectionId) implements TurnEffect {}

    /** Close the connection of a peer that nobody permitted. */
    record RefusePeer(long arrival) implements TurnEffect {}

    /** From now on this client's connection and the peer's carry each other's bytes. */
    record JoinPeer(int connectionId, ClientKey client) implements TurnEffect {}

    /** Close a peer connection, and the client's data connection if one is joined to it. */
    record ClosePeer(int connectionId) implements TurnEffect {}

    /** Close the socket of a relay; of a TCP allocation with all connections to its peers. */
    record CloseRelay(Relay relay) implements TurnEffect {}

    /** The client is about to be told; this relayed address of its allocation is live from now on. */
    record AllocationOpened(String name, ClientKey client, TransportAddress relayed) implements TurnEffect {}

    /** The relayed address is no longer live. */
    record AllocationEnded(String name, ClientKey client, TransportAddress relayed, EndReason reason)
            implements TurnEffect {}

    /** Packets from this 5-tuple are for a mobile allocation here (RFC 8016), perhaps one of an other event loop. */
    record ClientArrived(ClientKey client) implements TurnEffect {}

    /** The client of a mobile allocation uses another 5-tuple from now on: what peers send goes there. */
    record ClientMoved(Allocation allocation, ClientKey from, ClientKey to) implements TurnEffect {}

    /** The connection of a mobile allocation's client has ended: what peers send goes nowhere until the next move. */
    record ClientLost(Allocation allocation) implements TurnEffect {}

    /** This 5-tuple is no longer one of a mobile allocation. */
    record ClientLeft(ClientKey client) implements TurnEffect {}

    /** A channel was bound (not merely refreshed). */
    record ChannelBound(PeerRoute route, int channelNumber) implements TurnEffect {}

    /** A channel is gone: expired, denied, or its allocation ended. */
    record ChannelUnbound(PeerRoute route, int channelNumber) implements TurnEffect {}

    /** A request was not granted; for counters and logs. The Reply, if there is one, is an effect of its own. */
    record Refused(ClientKey client, RefusalReason reason) implements TurnEffect {}
}
