package dev.parley.turn.core;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.Cidr;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.PeerAddressPolicy;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.credential.NonceIssuer;
import dev.parley.ice.credential.Secret;
import dev.parley.ice.stun.DecodeResult;
import dev.parley.ice.stun.IntegrityAlgorithm;
import dev.parley.ice.stun.StunClass;
import dev.parley.ice.stun.StunDecoder;
import dev.parley.ice.stun.StunEncoder;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.TransactionId;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.ChannelNumber;
import dev.parley.ice.stun.attribute.ErrorCode;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.Nonce;
import dev.parley.ice.stun.attribute.Realm;
import dev.parley.ice.stun.attribute.RequestedTransport;
import dev.parley.ice.stun.attribute.Username;
import dev.parley.ice.stun.attribute.XorPeerAddress;
import dev.parley.turn.quota.QuotaLimits;
import dev.parley.turn.quota.SharedQuotas;
import dev.parley.turn.reservation.SharedReservations;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A TURN server in virtual time, with whoever runs its effects played by the test. */
final class TurnFixture {
    static final String REALM = "parley.test";
    static final IpAddress RELAY_IP = IpAddress.parse("203.0.113.1");
    static final IpAddress RELAY_IPV6 = IpAddress.parse("2606:4700::77");
    static final TransportAddress LISTENER = TransportAddress.of(RELAY_IP, 3478);
    static final TestClient ALICE = TestClient.of("198.51.100.7:40000", "1:alice");
    static final TestClient BOB = TestClient.of("198.51.100.8:50000", "1:bob");
    static final TransportAddress PEER = TransportAddress.parse("9.9.9.9:1000");
    static final TransportAddress OTHER_PEER = TransportAddress.parse("8.8.8.8:2000");
    static final TransportAddress DENIED_PEER = TransportAddress.parse("10.0.0.1:1000");
    static final int CHANNEL = 0x4000;
    static final Instant START = Instant.parse("2026-11-22T00:00:00Z");

    final FakeUsers users = new FakeUsers();
    final FakeScope scope = new FakeScope();
    final Set<TransportAddress> liveRelays = new HashSet<>();
    final SharedQuotas quotas;
    final NonceIssuer nonces;
    final TurnServer server;
    final List<TurnEffect> log = new ArrayList<>();

    private final PortRange ports;
    private long nowNanos;
    private int transactions;

    TurnFixture() {
        this(TurnLimits.DEFAULT, new PortRange(50000, 50099), new QuotaLimits(100, 100, 1000), 1);
    }

    TurnFixture(TurnLimits limits, PortRange ports, QuotaLimits quotaLimits, long seed) {
        this(List.of(RelayAddress.of(RELAY_IP)), limits, ports, quotaLimits, seed, TurnExtensions.NONE);
    }

    TurnFixture(
            List<RelayAddress> relays,
            TurnLimits limits,
            PortRange ports,
            QuotaLimits quotaLimits,
            long seed,
            TurnExtensions extensions) {
        this.ports = ports;
        quotas = new SharedQuotas(quotaLimits);
        nonces = new NonceIssuer(Secret.ofText("a secret of thirty-two or more bytes"), Lifetimes.NONCE);
        TurnSettings settings = new TurnSettings(REALM, relays, PortPartition.whole(ports), limits, extensions);
        server = new TurnServer(
                settings,
                rules(List.of()),
                users,
                quotas,
                new SharedReservations(),
                nonces,
                this::wallTime,
                new SplittableRandom(seed));
        users.add(ALICE.username(), ALICE.password());
        users.add(BOB.username(), BOB.password());
    }

    /** Relays from IPv4 behind a one-to-one NAT, and from IPv6. */
    static TurnFixture dualStack() {
        return dualStack(TurnLimits.DEFAULT, new PortRange(50000, 50099), new QuotaLimits(9, 9, 9));
    }

    static TurnFixture dualStack(TurnLimits limits, PortRange ports, QuotaLimits quotas) {
        List<RelayAddress> relays =
                List.of(new RelayAddress(IpAddress.parse("10.1.2.3"), RELAY_IP), RelayAddress.of(RELAY_IPV6));
        return new TurnFixture(relays, limits, ports, quotas, 1, TurnExtensions.NONE);
    }

    static TurnFixture dualStack(TurnExtensions extensions) {
        List<RelayAddress> relays =
                List.of(new RelayAddress(IpAddress.parse("10.1.2.3"), RELAY_IP), RelayAddress.of(RELAY_IPV6));
        return new TurnFixture(
                relays, TurnLimits.DEFAULT, new PortRange(50000, 50099), new QuotaLimits(9, 9, 9), 1, extensions);
    }

    /** On a system whose sockets can set the DF bit. */
    static TurnFixture withDontFragment() {
        return with(TurnExtensions.NONE.withDontFragment(true), new QuotaLimits(9, 9, 9));
    }

    /** With something switched on that is off by default. */
    static TurnFixture with(TurnExtensions extensions, QuotaLimits quotaLimits) {
        return new TurnFixture(
                List.of(RelayAddress.of(RELAY_IP)),
                TurnLimits.DEFAULT,
                new PortRange(50000, 50099),
                quotaLimits,
                1,
                extensions);
    }

    static TurnFixture withAllocation(TestClient client) {
        TurnFixture turn = new TurnFixture();
        turn.allocate(client);
        return turn;
    }

    PeerRules rules(List<Cidr> denied) {
        return new PeerRules(
                new PeerAddressPolicy(List.of(), denied, List.of()),
                new FakeOwnAddresses(),
                liveRelays::contains,
                scope);
    }

    long nowNanos() {
        return nowNanos;
    }

    Instant wallTime() {
        return START.plusNanos(nowNanos);
    }

    /** Lets time pass with no timer firing. */
    void sleep(Duration time) {
        nowNanos += time.toNanos();
    }

    List<TurnEffect> advanceTo(long newNowNanos) {
        nowNanos = newNowNanos;
        return handle(new TurnEvent.TimerFired());
    }

    /** One event; the effects are logged, and live relays kept as the transport would. */
    List<TurnEffect> handle(TurnEvent event) {
        List<TurnEffect> effects = server.handle(event, nowNanos);
        for (TurnEffect effect : effects) {
            if (effect instanceof TurnEffect.AllocationOpened opened) {
                liveRelays.add(opened.relayed());
            } else if (effect instanceof TurnEffect.AllocationEnded ended) {
                liveRelays.remove(ended.relayed());
            }
        }
        log.addAll(effects);
        return effects;
    }

    /** A request signed by the client, with a fresh nonce. */
    List<TurnEffect> request(TestClient client, StunMethod method, Attribute... attributes) {
        return send(client, signedRequest(client, method, attributes), IntegrityAlgorithm.SHA1);
    }

    StunMessage signedRequest(TestClient client, StunMethod method, Attribute... attributes) {
        List<Attribute> all = new ArrayList<>(List.of(attributes));
        all.add(new Username(client.username()));
        all.add(new Realm(REALM));
        all.add(new Nonce(nonces.issue(client.address(), wallTime())));
        return new StunMessage(StunClass.REQUEST, method, nextTransaction(), all);
    }

    TransactionId nextTransaction() {
        return new TransactionId(0x7E57, ++transactions);
    }

    /** Through the wire format and back, so that the integrity check is the real one. */
    List<TurnEffect> send(TestClient client, StunMessage message, @Nullable IntegrityAlgorithm integrity) {
        ByteBuf bytes = Unpooled.buffer();
        if (integrity == null) {
            StunEncoder.encode(message, bytes);
        } else {
            StunEncoder.encodeSigned(message, client.longTermKey(), integrity, bytes);
        }
        return receive(client.key(), bytes);
    }

    List<TurnEffect> receive(ClientKey client, ByteBuf bytes) {
        return switch (StunDecoder.decode(bytes)) {
            case DecodeResult.Decoded decoded -> handle(new TurnEvent.Request(client, decoded, bytes));
            case DecodeResult.Malformed malformed -> handle(new TurnEvent.MalformedRequest(client, malformed));
            case DecodeResult.NotStun() -> List.of();
        };
    }

    /** The whole of a successful Allocate; returns its last effects. */
    List<TurnEffect> allocate(TestClient client, Attribute... more) {
        List<Attribute> attributes = new ArrayList<>(List.of(more));
        attributes.add(new RequestedTransport(RequestedTransport.UDP));
        return openRelays(request(client, StunMethod.ALLOCATE, attributes.toArray(Attribute[]::new)));
    }

    /** Plays the operating system for the OpenRelays among the effects: gives the sockets; returns the last effects. */
    List<TurnEffect> openRelays(List<TurnEffect> effects) {
        List<TurnEffect> last = effects;
        for (TurnEffect effect : effects) {
            if (effect instanceof TurnEffect.OpenRelay(Relay relay, TransportAddress ignored)) {
                last = handle(new TurnEvent.RelayOpened(relay.id()));
            }
        }
        return last;
    }

    List<TurnEffect> refresh(TestClient client, long seconds) {
        return request(client, StunMethod.REFRESH, new Lifetime(seconds));
    }

    List<TurnEffect> createPermission(TestClient client, TransportAddress... peers) {
        Attribute[] attributes = new Attribute[peers.length];
        for (int i = 0; i < peers.length; i++) {
            attributes[i] = new XorPeerAddress(peers[i]);
        }
        return request(client, StunMethod.CREATE_PERMISSION, attributes);
    }

    List<TurnEffect> bindChannel(TestClient client, int number, TransportAddress peer) {
        return request(client, StunMethod.CHANNEL_BIND, new ChannelNumber(number), new XorPeerAddress(peer));
    }

    Allocation allocationOf(TestClient client) {
        Allocation allocation = server.findAllocation(client.key());
        if (allocation == null) {
            throw new AssertionError("no allocation of " + client);
        }
        return allocation;
    }

    /** The IPv4 relay if there is one, else that of IPv6. */
    Relay relayOf(TestClient client) {
        return allocationOf(client).relays().getFirst();
    }

    Relay relayOf(TestClient client, AddressFamily family) {
        Relay relay = allocationOf(client).findRelay(family);
        if (relay == null) {
            throw new AssertionError("no relay of " + family + " for " + client);
        }
        return relay;
    }

    TransportAddress relayedOf(TestClient client) {
        return relayOf(client).relayed();
    }

    @Nullable
    PeerRoute up(TestClient client, int channel) {
        Allocation allocation = server.findAllocation(client.key());
        return allocation == null ? null : server.routeFromClient(allocation, channel, nowNanos);
    }

    @Nullable
    PeerRoute send(TestClient client, TransportAddress peer) {
        Allocation allocation = server.findAllocation(client.key());
        return allocation == null ? null : server.routeFromSend(allocation, peer, nowNanos);
    }

    @Nullable
    PeerRoute down(TestClient client, TransportAddress peer) {
        return server.routeFromPeer(relayOf(client, peer.family()), peer, nowNanos);
    }

    PortRange ports() {
        return ports;
    }

    /** The route a look-up must have found. */
    static PeerRoute found(@Nullable PeerRoute route) {
        if (route == null) {
            throw new AssertionError("no route");
        }
        return route;
    }

    /** The one reply among the effects. */
    static TurnEffect.Reply replyIn(List<TurnEffect> effects) {
        List<TurnEffect.Reply> replies = effects.stream()
                .filter(TurnEffect.Reply.class::isInstance)
                .map(TurnEffect.Reply.class::cast)
                .toList();
        if (replies.size() != 1) {
            throw new AssertionError("not one reply: " + effects);
        }
        return replies.getFirst();
    }

    /** The code of the one error reply, or 0 for a success. */
    static int codeIn(List<TurnEffect> effects) {
        List<ErrorCode> codes = replyIn(effects).message().all(ErrorCode.class);
        if (codes.size() > 1) {
            throw new AssertionError("more than one ERROR-CODE: " + effects);
        }
        return codes.isEmpty() ? 0 : codes.getFirst().code();
    }

    /** The host of the relay address, with one listener. */
    static final class FakeOwnAddresses implements OwnAddresses {
        @Override
        public boolean isOwnHost(IpAddress address) {
            return address.equals(RELAY_IP) || address.equals(RELAY_IPV6);
        }

        @Override
        public boolean isOwnListener(TransportAddress address) {
            return address.equals(LISTENER);
        }
    }
}
