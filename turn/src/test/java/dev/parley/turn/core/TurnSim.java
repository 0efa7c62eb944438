package dev.parley.turn.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.Cidr;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.ChannelNumbers;
import dev.parley.ice.stun.IntegrityAlgorithm;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.ErrorCode;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.RequestedTransport;
import dev.parley.testing.SeededGenerator;
import dev.parley.turn.quota.QuotaLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run of random clients, peers, sockets, clocks and operators against one server, checked after every step. */
final class TurnSim {
    private static final List<Cidr> NO_DENIALS = List.of();
    private static final List<Cidr> DENY_NINES = List.of(Cidr.parse("9.0.0.0/8"));

    private final SeededGenerator seeded;
    private final TurnFixture turn;
    private final List<TestClient> clients = new ArrayList<>();
    private final List<TransportAddress> peers = new ArrayList<>();
    private final TurnSimModel model = new TurnSimModel();
    /** Sockets the server asked for and that nobody has answered yet. */
    private final Map<Long, TurnEffect.OpenRelay> asked = new LinkedHashMap<>();
    /** Bound addresses by relay. */
    private final Map<Relay, TransportAddress> openSockets = new LinkedHashMap<>();

    private final Set<PeerRoute> boundChannels = new LinkedHashSet<>();
    private final Map<TestClient, StunMessage> lastAllocate = new LinkedHashMap<>();
    private List<Cidr> denied = NO_DENIALS;
    private int delivered;

    TurnSim(SeededGenerator seeded) {
        this.seeded = seeded;
        TurnLimits limits = new TurnLimits(
                Lifetimes.ALLOCATION_MAX,
                TurnLimits.DEFAULT.maxExpiredAge(),
                6,
                4,
                8,
                20,
                10,
                3,
                ChannelNumbers.RFC_8656);
        turn = new TurnFixture(limits, new PortRange(50000, 50011), new QuotaLimits(4, 8, 10), seeded.nextLong());
        for (String name : List.of("alice", "bob", "carol")) {
            for (int port = 1; port <= 5; port++) {
                TestClient client = TestClient.of("198.51.100." + name.length() + ":" + port, "1:" + name);
                turn.users.add(client.username(), client.password());
                clients.add(client);
            }
        }
        for (String peer : List.of("9.9.9.9:1", "9.9.9.9:2", "8.8.8.8:1", "1.1.1.1:1", "4.4.4.4:4", "10.0.0.1:1")) {
            peers.add(TransportAddress.parse(peer));
        }
    }

    void run(int steps) {
        for (int step = 0; step < steps; step++) {
            step();
            check();
        }
        finish();
    }

    /** Packets that reached somebody, so that a test can see that the runs are not idle. */
    int delivered() {
        return delivered;
    }

    private void step() {
        TestClient client = seeded.oneOf(clients);
        switch (seeded.below(16)) {
            case 0, 1, 2 -> allocate(client);
            case 3, 4 -> answerSocket();
            case 5 -> effects(turn.refresh(client, seeded.chance(30) ? 0 : seeded.between(1, 5000)));
            case 6, 7 -> createPermission(client);
            case 8, 9 -> bindChannel(client);
            case 10 -> advance();
            case 11 -> upset(client);
            default -> traffic(client);
        }
    }

    private void allocate(TestClient client) {
        StunMessage last = lastAllocate.get(client);
        StunMessage request = last != null && seeded.chance(30)
                ? last
                : turn.signedRequest(client, StunMethod.ALLOCATE, new RequestedTransport(17), new Lifetime(900));
        lastAllocate.put(client, request);
        effects(turn.send(client, request, IntegrityAlgorithm.SHA1));
    }

    private void answerSocket() {
        if (asked.isEmpty()) {
            return;
        }
        long id = seeded.oneOf(List.copyOf(asked.keySet()));
        TurnEffect.OpenRelay open = asked.remove(id);
        if (open != null && seeded.chance(80)) {
            openSockets.put(open.relay(), open.bind());
            effects(turn.handle(new TurnEvent.RelayOpened(id)));
        } else {
            effects(turn.handle(new TurnEvent.RelayRefused(id)));
        }
    }

    private void createPermission(TestClient client) {
        TransportAddress one = somePeer();
        TransportAddress other = somePeer();
        List<TurnEffect> caused = turn.createPermission(client, one, other);
        effects(caused);
        if (TurnFixture.codeIn(caused) == 0) {
            model.permit(turn.allocationOf(client), one.ip(), turn.nowNanos());
            model.permit(turn.allocationOf(client), other.ip(), turn.nowNanos());
        }
    }

    private void bindChannel(TestClient client) {
        int number = 0x4000 + seeded.below(6);
        TransportAddress peer = somePeer();
        List<TurnEffect> caused = turn.bindChannel(client, number, peer);
        effects(caused);
        if (TurnFixture.codeIn(caused) == 0) {
            model.bind(turn.allocationOf(client), number, peer, turn.nowNanos());
        }
    }

    /** To a tick before, at, or after the next deadline, or a little further on; the timer may be late. */
    private void advance() {
        long next = turn.server.nextDeadlineNanos();
        long now = turn.nowNanos();
        long to = next == Long.MAX_VALUE || seeded.chance(30)
                ? now + seeded.below(60) * 1_000_000_000L
                : next + seeded.between(-1, 1);
        turn.sleep(Duration.ofNanos(Math.max(to - now, 0)));
        if (seeded.chance(80)) {
            effects(turn.handle(new TurnEvent.TimerFired()));
        }
    }

    /** What operators, rooms and the operating system do. */
    private void upset(TestClient client) {
        switch (seeded.below(6)) {
            case 0 -> effects(turn.handle(new TurnEvent.Revoked(client.name())));
            case 1 -> turn.scope.shutOut(somePeer());
            case 2, 3 -> turn.scope.letIn(somePeer());
            case 4 -> {
                denied = denied.isEmpty() ? DENY_NINES : NO_DENIALS;
                effects(turn.handle(new TurnEvent.RulesChanged(turn.rules(denied))));
                model.forgetDenied(turn.rules(denied), boundChannels);
            }
            default -> {
                Allocation allocation = turn.server.findAllocation(client.key());
                if (allocation != null) {
                    effects(turn.handle(
                            new TurnEvent.RelayLost(turn.relayOf(client).id())));
                }
            }
        }
    }

    private void traffic(TestClient client) {
        Allocation allocation = turn.server.findAllocation(client.key());
        if (allocation == null) {
            return;
        }
        TransportAddress peer = somePeer();
        int number = 0x4000 + seeded.below(6);
        long now = turn.nowNanos();
        switch (seeded.below(4)) {
            case 0 -> {
                PeerRoute route = turn.server.routeFromClient(allocation, number, now);
                TransportAddress bound = model.findChannel(allocation, number, now);
                checkRoute(route, allocation, bound, now);
                if (route == null && bound != null) {
                    assertThat(isAdmitted(allocation, bound, now)).isFalse();
                }
                hairpin(route);
            }
            case 1 -> {
                PeerRoute route = turn.server.routeFromSend(allocation, peer, now);
                checkRoute(route, allocation, peer, now);
                if (route == null && turn.server.lastDropReason() != DropReason.PEER_LIMIT) {
                    assertThat(isAdmitted(allocation, peer, now)).isFalse();
                }
                hairpin(route);
            }
            default -> {
                PeerRoute route = turn.server.routeFromPeer(turn.relayOf(client), peer, now);
                checkRoute(route, allocation, peer, now);
                assertThat(route == null || !route.isHairpin()).isTrue();
                count(route);
            }
        }
    }

    /** No route without a permission that lives, and none to a peer the rules deny right now. */
    private void checkRoute(
            @Nullable PeerRoute route, Allocation allocation, @Nullable TransportAddress expected, long now) {
        if (route == null) {
            return;
        }
        assertThat(route.allocation()).isSameAs(allocation);
        assertThat(route.peer()).isEqualTo(expected);
        assertThat(model.isPermitted(allocation, route.peer().ip(), now)).isTrue();
        assertThat(now).isLessThan(route.relay().expiryNanos());
        if (!route.isHairpin()) {
            assertThat(turn.rules(denied).decide(route.relay(), route.peer())).isEqualTo(PeerVerdict.ADMITTED);
        }
        if (route.channelNumber() != 0) {
            assertThat(boundChannels).contains(route);
        }
    }

    /** The hand-over: delivered once, and only to a live relay whose own permission allows the sender. */
    private void hairpin(@Nullable PeerRoute route) {
        if (route == null || !route.isHairpin()) {
            count(route);
            return;
        }
        long now = turn.nowNanos();
        TransportAddress sender = route.relay().relayed();
        PeerRoute back = turn.server.routeFromHairpin(route.peer(), sender, now);
        if (back != null) {
            assertThat(turn.liveRelays).contains(route.peer(), sender);
            assertThat(back.relay().relayed()).isEqualTo(route.peer());
            assertThat(back.peer()).isEqualTo(sender);
            assertThat(model.isPermitted(back.allocation(), sender.ip(), now)).isTrue();
        }
        count(back);
    }

    private void count(@Nullable PeerRoute route) {
        delivered += route == null ? 0 : 1;
    }

    private boolean isAdmitted(Allocation allocation, TransportAddress peer, long now) {
        return allocation.relays().getFirst().isLive(now)
                && model.isPermitted(allocation, peer.ip(), now)
                && turn.rules(denied)
                        .decide(allocation.relays().getFirst(), peer)
                        .admits();
    }

    private TransportAddress somePeer() {
        if (!turn.liveRelays.isEmpty() && seeded.chance(40)) {
            return seeded.oneOf(turn.liveRelays.stream()
                    .sorted(Comparator.comparingInt(TransportAddress::port))
                    .toList());
        }
        return seeded.oneOf(peers);
    }

    private void effects(List<TurnEffect> effects) {
        for (TurnEffect effect : effects) {
            switch (effect) {
                case TurnEffect.OpenRelay open -> asked.put(open.relay().id(), open);
                case TurnEffect.CloseRelay close ->
                    assertThat(openSockets.remove(close.relay())).isNotNull();
                case TurnEffect.ChannelBound bound ->
                    assertThat(boundChannels.add(bound.route())).isTrue();
                case TurnEffect.ChannelUnbound unbound ->
                    assertThat(boundChannels.remove(unbound.route())).isTrue();
                case TurnEffect.AllocationEnded ended ->
                    assertThat(ended.name()).isNotEmpty();
                case TurnEffect.AllocationOpened opened ->
                    assertThat(openSockets).containsValue(opened.relayed());
                case TurnEffect.Reply reply -> checkReply(reply);
                case TurnEffect.Refused refused -> assertThat(refused.reason()).isNotNull();
            }
        }
    }

    private static void checkReply(TurnEffect.Reply reply) {
        long codes = reply.message().all(ErrorCode.class).size();
        assertThat(codes).isEqualTo(reply.refusal() == null ? 0 : 1);
    }

    /** What must be true after every event. */
    private void check() {
        int allocations = turn.server.allocationCount();
        assertThat(turn.server.freePorts() + allocations).isEqualTo(turn.ports().size());
        assertThat(turn.quotas.total()).isEqualTo(allocations);
        assertThat(asked.size() + openSockets.size()).isEqualTo(allocations);
        assertThat(Set.copyOf(openSockets.values())).hasSameSizeAs(openSockets.values());
        assertThat(turn.liveRelays).containsExactlyInAnyOrderElementsOf(openSockets.values());
        for (Relay relay : openSockets.keySet()) {
            assertThat(relay.allocation().permissionCount()).isLessThanOrEqualTo(6);
            assertThat(relay.allocation().channels().size()).isLessThanOrEqualTo(4);
            assertThat(relay.allocation().peerCount()).isLessThanOrEqualTo(8);
            assertThat(relay.routes().select(TurnSim::hangsOnNothing)).isEmpty();
        }
    }

    private static boolean hangsOnNothing(PeerRoute route) {
        return route.channelNumber() == 0
                && route.relay().permissions().find(route.peer().ip()) == null;
    }

    /** Everybody goes away, and nothing is left. */
    private void finish() {
        while (!asked.isEmpty()) {
            answerSocket();
            check();
        }
        while (turn.server.nextDeadlineNanos() != Long.MAX_VALUE) {
            effects(turn.advanceTo(turn.server.nextDeadlineNanos()));
            check();
        }
        assertThat(turn.server.allocationCount()).isZero();
        assertThat(turn.liveRelays).isEmpty();
        assertThat(boundChannels).isEmpty();
    }
}
