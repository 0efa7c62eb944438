package dev.parley.turn.core;

import dev.parley.ice.address.TransportAddress;
import org.jspecify.annotations.Nullable;

/** One TCP connection between a relayed address and a peer (RFC 6062 section 3). */
final class PeerConnection implements Timed {
    /** Life runs from top to bottom. */
    enum State {
        /** The Connect request waits for the peer. */
        CONNECTING,
        /** Waits for the client's data connection; no byte has been read from the peer. */
        UNBOUND,
        /** Bytes flow. */
        BOUND
    }

    private final int id;
    private final Relay relay;
    private final TransportAddress peer;
    private final @Nullable Exchange connect;
    private State state;

    private PeerConnection(int id, Relay relay, TransportAddress peer, @Nullable Exchange connect, State state) {
        this.id = id;
        this.relay = relay;
        this.peer = peer;
        this.connect = connect;
        this.state = state;
    }

    static PeerConnection connecting(int id, Relay relay, TransportAddress peer, Exchange connect) {
        return new PeerConnection(id, relay, peer, connect, State.CONNECTING);
    }

    static PeerConnection arrived(int id, Relay relay, TransportAddress peer) {
        return new PeerConnection(id, relay, peer, null, State.UNBOUND);
    }

    /** CONNECTION-ID. */
    int id() {
        return id;
    }

    Relay relay() {
        return relay;
    }

    TransportAddress peer() {
        return peer;
    }

    /** The Connect request that is still to be answered, or was; null for a peer that came by itself. */
    @Nullable
    Exchange connect() {
        return connect;
    }

    State state() {
        return state;
    }

    void enter(State newState) {
        state = newState;
    }
}
