package dev.parley.turn.core;

import static dev.parley.turn.core.SimCheck.require;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.Cidr;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.PeerAddressPolicy;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.credential.NonceIssuer;
import dev.parley.ice.credential.Secret;
import dev.parley.ice.stun.DecodeResult;
import dev.parley.ice.stun.StunDecoder;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.TransactionId;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.testing.SeededGenerator;
import dev.parley.turn.quota.SharedQuotas;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Servers of two event loops in a simulated world. Every method is one event or packet; after it, what the server
 * answered is compared with the model, and the invariants are checked.
 */
final class SimWorld {
    private static final Secret NONCE_SECRET = Secret.ofText("a secret of thirty-two or more bytes");
    private static final int LOOPS = 2;
    private static final RelayAddress SECOND_RELAY = RelayAddress.of(IpAddress.parse("192.0.2.201"));
    private static final int PEER_CONNECTIONS = 2;
    private static final List<MobilityTickets> TICKETS =
            List.of(new MobilityTickets(MobileTurn.SECRET, 0), new MobilityTickets(MobileTurn.SECRET, 1));

    private final SeededGenerator seeded;
    private final SimScale scale;
    private final FakeUsers users = new FakeUsers();
    private final FakeScope scope = new FakeScope();
    private final SharedQuotas quotas;
    private final SimReservations reservations = new SimReservations();
    private final SimSockets sockets;
    private final SimModel model = new SimModel();
    private final List<TurnServer> servers = new ArrayList<>();
    private final List<SimClient> clients = new ArrayList<>();
    private final Map<ClientKey, SimClient> clientByKey = new HashMap<>();
    private final Map<TransactionId, SimClient.Datagram> requestById = new HashMap<>();
    private final SimEffects effects;
    private final Map<SimClient, SimClient> elsewhereByClient = new HashMap<>();
    private final SimPeers peers;
    private final SimInvariants invariants;

    private final ArrayDeque<SimClient.Datagram> challenged = new ArrayDeque<>();

    private PeerRules rules;
    private long nowNanos;
    private long skewNanos;
    private int events;
    private boolean draining;

    SimWorld(SeededGenerator seeded, SimScale scale) {
        this.seeded = seeded;
        this.scale = scale;
        quotas = new SharedQuotas(scale.quotas(), scale.bandwidth());
        PortRange ports = new PortRange(50000, 50000 + scale.ports() - 1);
        sockets = new SimSockets(seeded, ports);
        rules = rulesDenying(List.of());
        NonceIssuer nonces = new NonceIssuer(NONCE_SECRET, Lifetimes.NONCE);
        boolean dontFragment = seeded.chance(50);
        for (int loop = 0; loop < LOOPS; loop++) {
            TurnSettings settings = new TurnSettings(
                    TurnFixture.REALM,
                    List.of(
                            RelayAddress.of(TurnFixture.RELAY_IP),
                            SECOND_RELAY,
                            RelayAddress.of(TurnFixture.RELAY_IPV6)),
                    new PortPartition(ports, LOOPS, loop),
                    scale.limits(),
                    TurnExtensions.NONE
                            .withDontFragment(dontFragment)
                            .with(TICKETS.get(loop))
                            .withTcpRelay(PEER_CONNECTIONS));
            servers.add(new TurnServer(
                    settings, rules, users, quotas, reservations, nonces, this::wallTime, seeded.random()));
        }
        peers = new SimPeers(seeded, model, PEER_CONNECTIONS);
        invariants = new SimInvariants(scale, servers, sockets, model, quotas, reservations, peers);
        effects = new SimEffects(seeded, this, sockets, peers, invariants, requestById, challenged);
        for (int i = 0; i < scale.clients(); i++) {
            addClient(i);
        }
    }

    /** One in eight has the address of another, as if behind the same NAT binding, but not its user. */
    private void addClient(int number) {
        int address = number % 8 == 7 ? number - 1 : number;
        String source = "198.51." + address / 250 + "." + (1 + address % 5) + ":" + (1 + address);
        ClientTransport transport = address % 4 == 1 ? ClientTransport.TCP : ClientTransport.UDP;
        TestClient identity = TestClient.over(transport, source, "1:user" + number % scale.users());
        users.add(identity.username(), identity.password());
        SimClient client = new SimClient(identity, address % LOOPS);
        clients.add(client);
        if (seeded.chance(90)) { // the usual first request, which only brings the nonce
            receive(request(client, StunMethod.ALLOCATE, List.of()));
        }
        clientByKey.putIfAbsent(client.key(), client);
    }

    /** The same user at another address; the first time it is needed, it comes to be. */
    SimClient elsewhere(SimClient client) {
        SimClient known = elsewhereByClient.get(client);
        if (known != null) {
            return known;
        }
        SimClient other = client.elsewhere();
        elsewhereByClient.put(client, other);
        elsewhereByClient.put(other, client);
        clients.add(other);
        clientByKey.putIfAbsent(other.key(), other);
        return other;
    }

    /** Another connection of the client whose allocation has this peer connection. */
    SimClient dataConnectionFor(int peerConnection) {
        return clientOf(peers.relayOf(peerConnection)).onAnotherPort();
    }

    boolean relaysTcp(SimClient client) {
        Allocation allocation = serverOf(client).findAllocation(client.key());
        return allocation != null && allocation.isTcp();
    }

    /** Rather one that has an allocation. */
    SimClient someClient() {
        SimClient client = seeded.oneOf(clients);
        for (int tries = 0; tries < 4 && !model.has(client.key()); tries++) {
            client = seeded.oneOf(clients);
        }
        return client;
    }

    List<SimClient> clients() {
        return clients;
    }

    FakeScope scope() {
        return scope;
    }

    long nowNanos() {
        return nowNanos;
    }

    PeerRules rules() {
        return rules;
    }

    TurnServer serverOf(SimClient client) {
        return servers.get(client.loop);
    }

    SimModel model() {
        return model;
    }

    SimSockets sockets() {
        return sockets;
    }

    @Nullable
    TransportAddress someLiveRelay(AddressFamily family) {
        return sockets.liveOf(family).draw(seeded);
    }

    /** A family the client has an address of, if it has any. */
    AddressFamily someFamilyOf(SimClient client) {
        AddressFamily first = seeded.oneOf(AddressFamily.values());
        AddressFamily other = first == AddressFamily.IPV4 ? AddressFamily.IPV6 : AddressFamily.IPV4;
        return model.findRelay(client.key(), first) == null && model.findRelay(client.key(), other) != null
                ? other
                : first;
    }

    long nextDeadlineNanos() {
        return servers.stream().mapToLong(TurnServer::nextDeadlineNanos).min().orElse(Long.MAX_VALUE);
    }

    private Instant wallTime() {
        return TurnFixture.START.plusNanos(nowNanos).plusNanos(skewNanos);
    }

    private PeerRules rulesDenying(List<Cidr> denied) {
        return new PeerRules(
                new PeerAddressPolicy(List.of(), denied, List.of()),
                new TurnFixture.FakeOwnAddresses(),
                sockets::isLive,
                scope);
    }

    SimClient.Datagram request(SimClient client, StunMethod method, List<Attribute> attributes) {
        TransactionId id = new TransactionId(0x51, requestById.size());
        SimClient.Datagram datagram = client.request(id, method, attributes);
        requestById.put(id, datagram);
        return datagram;
    }

    /** As a client does it: once more with the nonce of the challenge, if there is one. */
    void receive(SimClient.Datagram datagram) {
        deliver(datagram);
        SimClient.Datagram again = challenged.poll();
        if (again != null && seeded.chance(90)) {
            deliver(request(again.client(), again.message().method(), SimClient.wishesOf(again.message())));
        }
        challenged.clear();
    }

    private void deliver(SimClient.Datagram datagram) {
        if (StunDecoder.decode(datagram.bytes()) instanceof DecodeResult.Decoded decoded) {
            SimClient client = datagram.client();
            effects.take(datagram);
            handle(client.loop, new TurnEvent.Request(client.key(), decoded, datagram.bytes()));
            effects.take(null);
        } else {
            throw new AssertionError("the request is no STUN: " + datagram.message());
        }
    }

    void answerSocket() {
        Relay relay = sockets.next();
        if (relay != null) {
            boolean opened = sockets.answer(relay);
            handle(
                    loopOf(relay),
                    opened ? new TurnEvent.RelayOpened(relay.id()) : new TurnEvent.RelayRefused(relay.id()));
        }
    }

    void loseRelay() {
        Relay relay = sockets.someOpen();
        if (relay != null) {
            handle(loopOf(relay), new TurnEvent.RelayLost(relay.id()));
            require(!sockets.isOpen(relay), "lost and still open", relay);
        }
    }

    void advanceTo(long newNowNanos, boolean timersFire) {
        nowNanos = newNowNanos;
        for (int loop = 0; timersFire && loop < LOOPS; loop++) {
            handle(loop, new TurnEvent.TimerFired());
        }
    }

    /** Somebody sets the clock of the host; only credentials and nonces may notice. */
    void stepWallClock(long stepNanos) {
        skewNanos = skewNanos == 0 ? stepNanos : 0;
    }

    void stand(String name, Users.Standing standing) {
        users.stand(name, standing);
    }

    void revoke(String name) {
        for (int loop = 0; loop < LOOPS; loop++) {
            handle(loop, new TurnEvent.Revoked(name));
        }
        for (Relay relay : sockets.openRelays()) {
            require(!relay.allocation().name().equals(name), "revoked and still there", relay);
        }
    }

    void clientGone(SimClient client) {
        handle(client.loop, new TurnEvent.ClientGone(client.key()));
        require(!model.has(client.key()), "gone and still there", client.key());
    }

    /** As the transport does it: data from where a client is moving to ends its move. */
    void dataComesFrom(SimClient client) {
        TransportAddress from = client.address();
        int listener = client.key().listener();
        boolean moving = serverOf(client).isMovingTo(from.family(), from.high(), from.low(), from.port(), listener);
        require(moving == model.isMovingTo(client.key()), "server and client disagree about a move to", client.key());
        if (moving) {
            handle(client.loop, new TurnEvent.ClientMoves(client.key()));
            require(model.has(client.key()), "moved and not there", client.key());
        }
    }

    /** Of a payload, in bytes. */
    int someLength() {
        return seeded.below(40_000);
    }

    /** A peer connection comes to stand, or ends. */
    void upsetPeerConnection() {
        Integer id = peers.someId();
        if (id != null) {
            int loop = loopOf(peers.relayOf(id));
            handle(loop, peers.proceed(id));
        }
    }

    /** A peer connects to a TCP allocation by itself. */
    void peerArrives(SimClient client, TransportAddress peer) {
        Allocation allocation = serverOf(client).findAllocation(client.key());
        Relay relay = allocation == null ? null : allocation.findRelay(peer.family());
        if (relay != null && relay.allocation().isTcp()) {
            handle(client.loop, peers.arrive(relay, peer));
        }
    }

    boolean isDraining() {
        return draining;
    }

    int moved() {
        return effects.moved();
    }

    SimPeers peers() {
        return peers;
    }

    void changeRules(List<Cidr> denied) {
        rules = rulesDenying(denied);
        model.forgetDenied(rules);
        for (int loop = 0; loop < LOOPS; loop++) {
            handle(loop, new TurnEvent.RulesChanged(rules));
        }
    }

    void drain() {
        draining = true;
        for (int loop = 0; loop < LOOPS; loop++) {
            handle(loop, new TurnEvent.DrainStarted());
        }
    }

    SimClient clientOf(Relay relay) {
        SimClient client = clientByKey.get(relay.allocation().client());
        if (client == null) {
            throw new AssertionError("a relay of nobody: " + relay);
        }
        return client;
    }

    private int loopOf(Relay relay) {
        return clientOf(relay).loop;
    }

    private void handle(int loop, TurnEvent event) {
        for (TurnEvent next = event; next != null; next = peers.nextClosed()) {
            for (TurnEffect effect : servers.get(loop).handle(next, nowNanos)) {
                effects.run(effect);
            }
        }
        require(servers.get(loop).nextDeadlineNanos() > nowNanos, "a deadline was missed on loop", loop);
        events++;
        invariants.check(events % scale.fullCheckEvery() == 0);
    }

    /** Everybody goes away, and nothing is left. */
    void finish() {
        while (sockets.next() != null) {
            answerSocket();
        }
        for (long next = nextDeadlineNanos(); next != Long.MAX_VALUE; next = nextDeadlineNanos()) {
            advanceTo(Math.max(next, nowNanos), true);
        }
        invariants.checkEmpty();
    }
}
