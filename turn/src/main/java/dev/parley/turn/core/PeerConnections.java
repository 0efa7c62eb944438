package dev.parley.turn.core;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.IntegrityAlgorithm;
import dev.parley.ice.stun.StunClass;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.TransactionId;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.ConnectionId;
import dev.parley.ice.stun.attribute.XorPeerAddress;
import dev.parley.ice.time.DeadlineQueue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The TCP connections between relayed addresses and peers (RFC 6062 section 5): from Connect, or from a peer that
 * comes by itself, to ConnectionBind within 30 s, and until either side closes.
 */
final class PeerConnections {
    private final int mostOfAllocation;
    private final List<RelayAddress> addresses;
    private final AllocationTable table;
    private final Routes routes;
    private final RandomGenerator random;
    private final DeadlineQueue<Timed> deadlines;
    private final Map<Integer, PeerConnection> connectionsById = new LinkedHashMap<>();

    PeerConnections(
            TurnSettings settings,
            AllocationTable table,
            Routes routes,
            RandomGenerator random,
            DeadlineQueue<Timed> deadlines) {
        this.mostOfAllocation = settings.extensions().peerConnections();
        this.addresses = settings.relays();
        this.table = table;
        this.routes = routes;
        this.random = random;
        this.deadlines = deadlines;
    }

    int size() {
        return connectionsById.size();
    }

    /** Connect, section 5.2; the first check that fails answers. */
    List<TurnEffect> connect(Exchange exchange, Allocation allocation, long nowNanos) {
        XorPeerAddress address = exchange.request().find(XorPeerAddress.class);
        if (!allocation.isTcp()) {
            return exchange.refuse(RefusalReason.WRONG_ALLOCATION);
        }
        if (address == null) {
            return exchange.refuse(RefusalReason.MISSING_ATTRIBUTE);
        }
        TransportAddress peer = address.address();
        Relay relay = allocation.findRelay(peer.family());
        if (relay == null) {
            return exchange.refuse(RefusalReason.PEER_FAMILY);
        }
        if (find(relay, peer) != null) {
            return exchange.refuse(RefusalReason.CONNECTION_EXISTS);
        }
        RefusalReason refusal = refusalOf(routes.rules(), relay, peer);
        if (refusal != null) {
            return exchange.refuse(refusal);
        }
        if (countOf(relay) >= mostOfAllocation || !allocation.newPeers().tryTake(nowNanos)) {
            return exchange.refuse(RefusalReason.CONNECTION_LIMIT);
        }
        PeerConnection connection = PeerConnection.connecting(newId(), relay, peer, exchange);
        add(connection);
        Relay other = table.findByRelayed(peer);
        // Behind a one-to-one NAT a relay of ours is reached where it is bound; its public address is outside.
        TransportAddress target = other == null ? peer : other.bindAddress();
        return List.of(new TurnEffect.ConnectPeer(relay, connection.id(), target));
    }

    /**
     * What the rules say. A relayed address of this process is a peer only if it is of a TCP allocation too: on the TCP
     * port of the same number, something else of this host may listen.
     */
    private @Nullable RefusalReason refusalOf(PeerRules rules, Relay relay, TransportAddress peer) {
        PeerVerdict verdict = rules.decide(relay, peer);
        if (verdict != PeerVerdict.HAIRPIN) {
            return verdict.refusal();
        }
        Relay other = table.findByRelayed(peer);
        return other != null && other.allocation().isTcp() ? null : RefusalReason.PEER_IS_OWN_ADDRESS;
    }

    /** The connection that a Connect asked for stands. */
    List<TurnEffect> connected(int id, long nowNanos) {
        PeerConnection connection = connectionsById.get(id);
        if (connection == null || connection.connect() == null) {
            return List.of(new TurnEffect.ClosePeer(id));
        }
        awaitBind(connection, nowNanos);
        return List.of(connection.connect().success(idOf(connection)));
    }

    /** It failed, or took too long. */
    List<TurnEffect> failed(int id) {
        PeerConnection connection = connectionsById.get(id);
        if (connection == null) {
            return List.of();
        }
        forget(connection);
        Exchange connect = connection.connect();
        return connect == null || connection.relay().state() != Relay.State.LIVE
                ? List.of()
                : connect.refuse(RefusalReason.CONNECTION_FAILED);
    }

    /** A peer has come by itself, section 5.3: only with a permission, and only where it may be a peer at all. */
    List<TurnEffect> arrived(Relay relay, TransportAddress source, long arrival, long nowNanos) {
        TransportAddress peer = nameOf(source);
        Permission permission = relay.permissions().find(peer.ip());
        boolean admitted = relay.isLive(nowNanos)
                && permission != null
                && permission.isLive(nowNanos)
                && refusalOf(routes.rules(), relay, peer) == null
                && find(relay, peer) == null
                && countOf(relay) < mostOfAllocation;
        if (!admitted) {
            return List.of(new TurnEffect.RefusePeer(arrival));
        }
        PeerConnection connection = PeerConnection.arrived(newId(), relay, peer);
        add(connection);
        awaitBind(connection, nowNanos);
        return List.of(new TurnEffect.TakePeer(relay, arrival, connection.id()), attempt(connection));
    }

    /** What a relay of ours is called that comes from where it is bound, which clients never see. */
    private TransportAddress nameOf(TransportAddress source) {
        for (RelayAddress address : addresses) {
            if (address.bind().equals(source.ip())) {
                TransportAddress relayed = TransportAddress.of(address.advertised(), source.port());
                Relay relay = table.findByRelayed(relayed);
                return relay != null && relay.allocation().isTcp() ? relayed : source;
            }
        }
        return source;
    }

    private TurnEffect attempt(PeerConnection connection) {
        List<Attribute> attributes = List.of(idOf(connection), new XorPeerAddress(connection.peer()));
        return new TurnEffect.Reply(
                connection.relay().allocation().client(),
                new StunMessage(
                        StunClass.INDICATION,
                        StunMethod.CONNECTION_ATTEMPT,
                        new TransactionId(random.nextInt(), random.nextLong()),
                        attributes),
                null,
                IntegrityAlgorithm.SHA1,
                false,
                null);
    }

    /**
     * The allocation that a ConnectionBind is about, whose key its sender has: a token is shown once, with Allocate,
     * and a password may have expired since.
     */
    @Nullable
    Allocation findOwnerIn(StunMessage request) {
        ConnectionId id = request.find(ConnectionId.class);
        PeerConnection connection = id == null ? null : connectionsById.get((int) id.value());
        return connection == null ? null : connection.relay().allocation();
    }

    /** ConnectionBind on a new connection of the client, section 5.4. */
    List<TurnEffect> bind(Exchange exchange, Identity identity, @Nullable Allocation existing) {
        ConnectionId id = exchange.request().find(ConnectionId.class);
        if (id == null) {
            return exchange.refuse(RefusalReason.MISSING_ATTRIBUTE);
        }
        PeerConnection connection = connectionsById.get((int) id.value());
        boolean bindable = existing == null
                && exchange.client().transport().isStream()
                && connection != null
                && connection.state() == PeerConnection.State.UNBOUND
                && connection.relay().state() == Relay.State.LIVE;
        if (!bindable || connection == null) {
            return exchange.refuse(RefusalReason.UNKNOWN_CONNECTION);
        }
        if (!identity.mayContinueFor(connection.relay().allocation().owner())) {
            return exchange.refuse(RefusalReason.OTHER_USER);
        }
        deadlines.cancel(connection);
        connection.enter(PeerConnection.State.BOUND);
        return List.of(exchange.success(), new TurnEffect.JoinPeer(connection.id(), exchange.client()));
    }

    /** Either side is closed, and with it the other. */
    List<TurnEffect> closed(int id) {
        PeerConnection connection = connectionsById.get(id);
        if (connection != null) {
            forget(connection);
        }
        return List.of();
    }

    /** Nobody bound it in time. */
    TurnEffect expire(PeerConnection connection) {
        forget(connection);
        return new TurnEffect.ClosePeer(connection.id());
    }

    /** Under new rules: connections to peers that are none any more are closed. */
    List<TurnEffect> review(PeerRules rules) {
        List<TurnEffect> effects = new ArrayList<>();
        for (PeerConnection connection : List.copyOf(connectionsById.values())) {
            if (refusalOf(rules, connection.relay(), connection.peer()) != null) {
                effects.add(expire(connection));
            }
        }
        return effects;
    }

    private void awaitBind(PeerConnection connection, long nowNanos) {
        connection.enter(PeerConnection.State.UNBOUND);
        deadlines.schedule(connection, nowNanos + Lifetimes.UNBOUND_CONNECTION_NANOS);
    }

    private void add(PeerConnection connection) {
        connectionsById.put(connection.id(), connection);
        connection.relay().allocation().traffic().peerMet();
    }

    private void forget(PeerConnection connection) {
        deadlines.cancel(connection);
        connectionsById.remove(connection.id());
    }

    private @Nullable PeerConnection find(Relay relay, TransportAddress peer) {
        for (PeerConnection connection : connectionsById.values()) {
            if (connection.relay().equals(relay) && connection.peer().equals(peer)) {
                return connection;
            }
        }
        return null;
    }

    private long countOf(Relay relay) {
        return connectionsById.values().stream()
                .filter(connection -> connection.relay().equals(relay))
                .count();
    }

    /** Random, although a bind is signed: nobody should learn how many there are. */
    private int newId() {
        int id = random.nextInt();
        while (connectionsById.containsKey(id)) {
            id = random.nextInt();
        }
        return id;
    }

    private static ConnectionId idOf(PeerConnection connection) {
        return new ConnectionId(Integer.toUnsignedLong(connection.id()));
    }
}
