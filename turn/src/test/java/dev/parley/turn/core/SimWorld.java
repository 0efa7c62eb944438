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
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.TransactionId;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.ErrorCode;
import dev.parley.ice.stun.attribute.Nonce;
import dev.parley.testing.SeededGenerator;
import dev.parley.turn.quota.SharedQuotas;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Servers of two event loops in a simulated world. Every method is one event or packet; after it, what the server
 * answered is compared with the model, and the invariants are checked.
 */
final class SimWorld {
    private static final Secret NONCE_SECRET = Secret.ofText("a secret of thirty-two or more bytes");
    private static final int LOOPS = 2;
    private static final RelayAddress SECOND_RELAY = RelayAddress.of(IpAddress.parse("192.0.2.201"));

    /** What RFC 8656 and RFC 8489 let these four methods answer. */
    private static final Set<Integer> CODES = Set.of(300, 400, 401, 403, 420, 437, 438, 440, 441, 442, 443, 486, 508);

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
        quotas = new SharedQuotas(scale.quotas());
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
                    TurnExtensions.NONE.withDontFragment(dontFragment));
            servers.add(new TurnServer(
                    settings, rules, users, quotas, reservations, nonces, this::wallTime, seeded.random()));
        }
        invariants = new SimInvariants(scale, servers, sockets, model, quotas, reservations);
        for (int i = 0; i < scale.clients(); i++) {
            addClient(i);
        }
    }

    /** One in eight has the address of another, as if behind the same NAT binding, but not its user. */
    private void addClient(int number) {
        int address = number % 8 == 7 ? number - 1 : number;
        String source = "198.51." + address / 250 + "." + (1 + address % 5) + ":" + (1 + address);
        TestClient identity = TestClient.of(source, "1:user" + number % scale.users());
        users.add(identity.username(), identity.password());
        SimClient client = new SimClient(identity, address % LOOPS);
        clients.add(client);
        if (seeded.chance(90)) { // the usual first request, which only brings the nonce
            receive(request(client, StunMethod.ALLOCATE, List.of()));
        }
        clientByKey.putIfAbsent(client.key(), client);
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
            handle(client.loop, new TurnEvent.Request(client.key(), decoded, datagram.bytes()));
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
        for (TurnEffect effect : servers.get(loop).handle(event, nowNanos)) {
            run(effect);
        }
        require(servers.get(loop).nextDeadlineNanos() > nowNanos, "a deadline was missed on loop", loop);
        events++;
        invariants.check(events % scale.fullCheckEvery() == 0);
    }

    private void run(TurnEffect effect) {
        switch (effect) {
            case TurnEffect.OpenRelay(Relay relay, TransportAddress bind) -> {
                require(!draining || relay.attempts() > 1, "a new relay while draining", relay);
                sockets.ask(relay, bind);
            }
            case TurnEffect.CloseRelay(Relay relay) -> sockets.close(relay);
            case TurnEffect.AllocationOpened opened -> sockets.live(opened.relayed());
            case TurnEffect.AllocationEnded ended -> {
                sockets.ended(ended.relayed());
                model.ended(ended.client(), ended.relayed(), ended.reason(), nowNanos);
            }
            case TurnEffect.ChannelBound ignored -> {}
            case TurnEffect.ChannelUnbound(PeerRoute route, int number) ->
                model.unbound(route.allocation().client(), number);
            case TurnEffect.Refused ignored -> {}
            case TurnEffect.ConnectPeer ignored -> throw new AssertionError("no TCP allocations here: " + effect);
            case TurnEffect.TakePeer ignored -> throw new AssertionError("no TCP allocations here: " + effect);
            case TurnEffect.RefusePeer ignored -> throw new AssertionError("no TCP allocations here: " + effect);
            case TurnEffect.JoinPeer ignored -> throw new AssertionError("no TCP allocations here: " + effect);
            case TurnEffect.ClosePeer ignored -> throw new AssertionError("no TCP allocations here: " + effect);
            case TurnEffect.ClientArrived ignored -> throw new AssertionError("nobody is mobile: " + effect);
            case TurnEffect.ClientMoved ignored -> throw new AssertionError("nobody is mobile: " + effect);
            case TurnEffect.ClientLost ignored -> throw new AssertionError("nobody is mobile: " + effect);
            case TurnEffect.ClientLeft ignored -> throw new AssertionError("nobody is mobile: " + effect);
            case TurnEffect.ClassicReply ignored -> {}
            case TurnEffect.Reply reply -> answered(reply);
        }
    }

    private void answered(TurnEffect.Reply reply) {
        StunMessage answer = reply.message();
        SimClient.Datagram request = requestById.get(answer.transactionId());
        if (request == null || answer.method() != request.message().method()) {
            throw new AssertionError("an answer to nothing: " + reply);
        }
        require(reply.client().equals(request.client().key()), "an answer to somebody else", reply);
        List<ErrorCode> codes = answer.all(ErrorCode.class);
        require(codes.size() == (reply.refusal() == null ? 0 : 1), "not one ERROR-CODE", reply);
        if (codes.isEmpty()) {
            granted(request, answer);
        } else {
            require(CODES.contains(codes.getFirst().code()), "a code the RFC has not", reply);
        }
        if (seeded.chance(90)) { // else the answer is lost
            request.client().receive(answer);
            if (answer.has(Nonce.class)) {
                challenged.add(request);
            }
        }
    }

    private void granted(SimClient.Datagram request, StunMessage answer) {
        ClientKey client = request.client().key();
        switch (answer.method()) {
            case ALLOCATE -> {
                model.allocated(client, request.message(), answer, nowNanos);
                invariants.watchHoldsOf(answer);
            }
            case REFRESH -> model.refreshed(client, request.message(), answer, nowNanos);
            case CREATE_PERMISSION -> model.permitted(client, request.message(), nowNanos);
            case CHANNEL_BIND -> model.bound(client, request.message(), nowNanos);
            case BINDING, SEND, DATA, CONNECT, CONNECTION_BIND, CONNECTION_ATTEMPT ->
                throw new AssertionError("nobody asked for this: " + answer);
        }
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
