package dev.parley.turn.core;

import static dev.parley.turn.core.SimCheck.require;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.ConnectionId;
import dev.parley.testing.SeededGenerator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The TCP connections between relayed addresses and peers (RFC 6062) of a simulated world: as the operating system has
 * them, and what a server may do with them.
 */
final class SimPeers {
    private enum State {
        CONNECTING,
        UNBOUND,
        BOUND
    }

    /** One connection. */
    private static final class Connection {
        final Relay relay;
        final TransportAddress peer;
        State state;

        Connection(Relay relay, TransportAddress peer, State state) {
            this.relay = relay;
            this.peer = peer;
            this.state = state;
        }
    }

    private final SeededGenerator seeded;
    private final SimModel model;
    private final int mostOfRelay;
    private final Map<Integer, Connection> connectionById = new HashMap<>();
    private final SimBag<Integer> ids = new SimBag<>();
    private final ArrayDeque<TurnEvent> closed = new ArrayDeque<>();
    private @Nullable TransportAddress arriving;
    private long lastArrival;
    private int joined;

    SimPeers(SeededGenerator seeded, SimModel model, int mostOfRelay) {
        this.seeded = seeded;
        this.model = model;
        this.mostOfRelay = mostOfRelay;
    }

    int count() {
        return ids.size();
    }

    /** Connections that came to carry data, so that a test can see that there were some. */
    int joined() {
        return joined;
    }

    /** What follows from what the server has just closed. */
    @Nullable
    TurnEvent nextClosed() {
        return closed.poll();
    }

    @Nullable
    Integer someId() {
        return ids.draw(seeded);
    }

    Relay relayOf(int id) {
        return known(id).relay;
    }

    /** The peer of a connection takes it, or not, or one of its sides closes it. */
    TurnEvent proceed(int id) {
        Connection connection = known(id);
        if (connection.state == State.CONNECTING && seeded.chance(70)) {
            connection.state = State.UNBOUND;
            return new TurnEvent.PeerConnected(id);
        }
        return end(id);
    }

    /** A peer connects by itself. */
    TurnEvent arrive(Relay relay, TransportAddress peer) {
        arriving = peer;
        return new TurnEvent.PeerArrived(relay, peer, ++lastArrival);
    }

    /** ConnectPeer. */
    void connect(Relay relay, int id, TransportAddress peer, PeerRules rules) {
        require(rules.decide(relay, peer).admits(), "a connection to a denied peer", peer);
        add(relay, id, peer, State.CONNECTING);
    }

    /** TakePeer. */
    void take(Relay relay, int id, PeerRules rules, long nowNanos) {
        TransportAddress peer = arriving;
        arriving = null;
        if (peer == null) {
            throw new AssertionError("took a peer that did not come: " + id);
        }
        require(model.isPermittedAt(relay.relayed(), peer, nowNanos), "a peer without permission was taken", peer);
        require(rules.decide(relay, peer).admits(), "a denied peer was taken", peer);
        add(relay, id, peer, State.UNBOUND);
    }

    /** RefusePeer. */
    void refuse() {
        require(arriving != null, "refused a peer that did not come", null);
        arriving = null;
    }

    private void add(Relay relay, int id, TransportAddress peer, State state) {
        require(relay.allocation().isTcp(), "a TCP connection of a UDP allocation", relay);
        require(connectionById.put(id, new Connection(relay, peer, state)) == null, "the same id twice", id);
        ids.add(id);
        int ofRelay = 0;
        for (int other : ids.members()) {
            Connection connection = known(other);
            boolean same = connection.relay.equals(relay);
            ofRelay += same ? 1 : 0;
            require(other == id || !same || !connection.peer.equals(peer), "two connections to one peer", peer);
        }
        require(ofRelay <= mostOfRelay, "too many connections of", relay);
    }

    /** JoinPeer, for a client of this user. */
    void join(int id, TestClient client) {
        Connection connection = known(id);
        require(connection.state == State.UNBOUND, "joined in vain", id);
        require(connection.relay.allocation().name().equals(client.name()), "joined to another user", client);
        connection.state = State.BOUND;
        joined++;
    }

    /** ClosePeer. */
    void close(int id) {
        if (connectionById.containsKey(id)) {
            closed.add(end(id));
        }
    }

    /** CloseRelay. */
    void closeAllOf(Relay relay) {
        if (relay.allocation().isTcp()) {
            List<Integer> all = new ArrayList<>(ids.members());
            for (int id : all) {
                if (known(id).relay.equals(relay)) {
                    closed.add(end(id));
                }
            }
        }
    }

    private TurnEvent end(int id) {
        Connection connection = known(id);
        connectionById.remove(id);
        ids.remove(id);
        return connection.state == State.CONNECTING ? new TurnEvent.PeerFailed(id) : new TurnEvent.PeerClosed(id);
    }

    /** A ConnectionAttempt indication, or the answer to a Connect: they name a connection that waits. */
    void told(ClientKey client, StunMessage message) {
        ConnectionId id = message.find(ConnectionId.class);
        if (id == null) {
            throw new AssertionError("no CONNECTION-ID in: " + message);
        }
        Connection connection = known((int) id.value());
        require(connection.state == State.UNBOUND, "nothing to bind", message);
        boolean attempt = message.method() == StunMethod.CONNECTION_ATTEMPT;
        require(!attempt || connection.relay.allocation().client().equals(client), "told to another client", client);
    }

    private Connection known(int id) {
        Connection connection = connectionById.get(id);
        if (connection == null) {
            throw new AssertionError("no such connection: " + id);
        }
        return connection;
    }
}
