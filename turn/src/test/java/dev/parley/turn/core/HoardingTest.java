package dev.parley.turn.core;

import static dev.parley.turn.core.TurnFixture.ALICE;
import static dev.parley.turn.core.TurnFixture.BOB;
import static dev.parley.turn.core.TurnFixture.DENIED_PEER;
import static dev.parley.turn.core.TurnFixture.PEER;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.IntegrityAlgorithm;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.ErrorCode;
import dev.parley.ice.stun.attribute.EvenPort;
import dev.parley.ice.stun.attribute.RequestedTransport;
import dev.parley.ice.stun.attribute.ReservationToken;
import dev.parley.ice.time.DeadlineQueue;
import dev.parley.turn.quota.QuotaLimits;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one user with a valid credential can take, and how quickly the rest is refused. */
class HoardingTest {
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);
    private static final long REFUSAL_NANOS = Duration.ofMillis(50).toNanos();
    private static final int BYTES_EACH = 300;
    private static final int SLOT_BYTES = 16;

    @Test
    void row12OverQuotaIs486AndAnEmptyPool508AtOnceWithAllPortsAccountedFor() {
        TurnFixture turn = small(new QuotaLimits(4, 1000, 1000), 10);
        for (int port = 1; port <= 4; port++) {
            assertThat(TurnFixture.codeIn(turn.allocate(ALICE.onPort(port)))).isZero();
        }
        assertQuick(486, () -> turn.allocate(ALICE.onPort(5)));
        for (int user = 0; user < 3; user++) {
            TestClient client = TestClient.of("198.51.100.9:" + (100 + user), "1:user" + user);
            turn.users.add(client.username(), client.password());
            turn.allocate(client);
            turn.allocate(client.onPort(200 + user));
        }
        assertThat(turn.server.freePorts()).isZero();
        assertQuick(508, () -> turn.allocate(BOB));
        assertThat(turn.server.relayCount()).isEqualTo(10);
        assertThat(turn.quotas.total()).isEqualTo(10);
        turn.advanceTo(Lifetimes.ALLOCATION_DEFAULT.toNanos());
        assertThat(turn.server.freePorts()).isEqualTo(10);
        assertThat(turn.quotas.total()).isZero();
    }

    @Test
    void row13PermissionsAndChannelsHaveALimit() {
        TurnFixture turn = TurnFixture.withAllocation(ALICE);
        assertLimits(turn, ALICE);
        int permissions = turn.relayOf(ALICE).permissions().size();
        int channels = turn.allocationOf(ALICE).channels().size();
        System.out.printf("row 13: at most %d permissions and %d channels%n", permissions, channels);
        assertThat(permissions).isEqualTo(256);
        assertThat(channels).isEqualTo(128);
    }

    @Test
    void row13APermissionAndAChannelCostLittle() {
        TurnFixture turn = TurnFixture.withAllocation(ALICE);
        Relay relay = turn.relayOf(ALICE);
        DeadlineQueue<Timed> deadlines = new DeadlineQueue<>();
        Permissions permissions = new Permissions(deadlines);
        Routes routes = new Routes(new LimitsInForce(TurnLimits.DEFAULT), turn.rules(List.of()));
        List<TransportAddress> peers =
                IntStream.range(0, 256).mapToObj(HoardingTest::peer).toList();

        Runnable permit = () -> peers.forEach(peer -> permissions.install(relay, peer.ip(), 1));
        Runnable bind = () -> peers.subList(0, 128).forEach(peer -> {
            PeerRoute route = TurnFixture.found(routes.findOrOpen(relay, peer, 1));
            route.bindChannel(0x4000 + relay.allocation().channels().size(), 2);
            relay.allocation().channels().insert(route);
            deadlines.schedule(route, 2);
        });
        // The first time is for the tables, which keep their size: four slots of 4 bytes at most for an entry of each.
        permit.run();
        relay.permissions().select(all -> true).forEach(permissions::remove);
        long permission = bytesOf(permit) / 256 + 2 * SLOT_BYTES;
        bind.run();
        for (PeerRoute route : relay.allocation().channels().select(all -> true)) {
            deadlines.cancel(route);
            relay.allocation().channels().remove(route);
            relay.routes().remove(route);
        }
        long channel = bytesOf(bind) / 128 + 3 * SLOT_BYTES;
        System.out.println("row 13: " + permission + " bytes for a permission, " + channel + " for a channel");
        assertThat(permission).isLessThan(BYTES_EACH);
        assertThat(channel).isLessThan(BYTES_EACH);
    }

    private static long bytesOf(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** As many as may be, and not one more. */
    private static void assertLimits(TurnFixture turn, TestClient client) {
        for (int i = 0; i < TurnLimits.DEFAULT.channels(); i++) {
            assertThat(TurnFixture.codeIn(turn.bindChannel(client, 0x4000 + i, peer(i))))
                    .isZero();
        }
        assertThat(TurnFixture.codeIn(turn.bindChannel(client, 0x4F00, peer(5000))))
                .isEqualTo(508);
        for (int i = TurnLimits.DEFAULT.channels(); i < TurnLimits.DEFAULT.permissions(); i++) {
            assertThat(TurnFixture.codeIn(turn.createPermission(client, peer(i))))
                    .isZero();
        }
        assertThat(TurnFixture.codeIn(turn.createPermission(client, peer(5000))))
                .isEqualTo(508);
        assertThat(TurnFixture.codeIn(turn.bindChannel(client, 0x3FFF, peer(0))))
                .isEqualTo(400);
        assertThat(TurnFixture.codeIn(turn.bindChannel(client, 0x5000, peer(0))))
                .isEqualTo(400);
    }

    @Test
    void row14SprayingPortsReachesTwentyNewOnesASecondAndKeepsAFewHundred() {
        TurnFixture turn = TurnFixture.withAllocation(ALICE);
        turn.createPermission(ALICE, PEER);
        int limit = TurnLimits.DEFAULT.newPeersPerSecond();
        int seconds = 120;
        int reached = 0;
        int most = 0;
        for (int tick = 0; tick < seconds * 1000; tick += 2) {
            turn.sleep(Duration.ofMillis(2));
            reached += turn.send(ALICE, PEER.withPort(1 + tick % 65535)) == null ? 0 : 1;
            most = Math.max(most, turn.allocationOf(ALICE).peerCount());
        }
        System.out.println("row 14: " + reached + " ports in " + seconds + " s, " + most + " at once");
        assertThat(reached).isLessThanOrEqualTo(limit * (seconds + 8));
        assertThat(most).isLessThanOrEqualTo(TurnLimits.DEFAULT.peers());
    }

    @Test
    void row18AReplayedAllocateGetsTheOneRememberedAnswer() {
        TurnFixture turn = new TurnFixture();
        StunMessage request = turn.signedRequest(ALICE, StunMethod.ALLOCATE, UDP);
        TurnEffect.OpenRelay open = (TurnEffect.OpenRelay)
                turn.send(ALICE, request, IntegrityAlgorithm.SHA1).getFirst();
        TurnEffect.Reply answer = TurnFixture.replyIn(
                turn.handle(new TurnEvent.RelayOpened(open.relay().id())));
        for (int replay = 0; replay < 10_000; replay++) {
            assertThat(turn.send(ALICE, request, IntegrityAlgorithm.SHA1))
                    .singleElement()
                    .isSameAs(answer);
        }
        System.out.printf("row 18: 10000 replays, %d allocation%n", turn.server.relayCount());
        assertThat(turn.server.relayCount()).isEqualTo(1);
        assertThat(turn.quotas.total()).isEqualTo(1);
        assertThat(TurnFixture.codeIn(turn.allocate(ALICE))).isEqualTo(437);
        turn.advanceTo(Lifetimes.REMEMBERED_ANSWER.toNanos());
        assertThat(TurnFixture.codeIn(turn.send(ALICE, request, IntegrityAlgorithm.SHA1)))
                .isEqualTo(437);
    }

    /** CVE-2026-73215 in another server: the port next to an even one was never free again. */
    @Test
    void row20EvenPortsWithAndWithoutReservationBurnNoNeighbour() {
        int pool = 64;
        for (boolean reserve : new boolean[] {false, true}) {
            TurnFixture turn = small(new QuotaLimits(9, 9, 9), pool);
            for (int round = 0; round < 3 * pool; round++) {
                List<TurnEffect> answer = turn.allocate(ALICE, new EvenPort(reserve));
                assertThat(TurnFixture.codeIn(answer)).as("round %d", round).isZero();
                assertThat(TurnFixture.replyIn(answer).message().has(ReservationToken.class))
                        .isEqualTo(reserve);
                assertThat(TurnFixture.codeIn(turn.refresh(ALICE, 0))).isZero();
                turn.advanceTo(turn.nowNanos() + (reserve ? Lifetimes.PORT_HOLD.toNanos() : 0));
            }
            assertThat(turn.server.freePorts()).isEqualTo(pool);
            assertThat(turn.quotas.total()).isZero();
        }
    }

    /** What is held counts as what is used, so that reserving and leaving takes no more than staying. */
    @Test
    void row12ReservedPortsAreBoundedByTheQuotaToo() {
        TurnFixture turn = small(new QuotaLimits(4, 9, 9), 64);
        for (int port = 1; port <= 4; port++) {
            assertThat(TurnFixture.codeIn(turn.allocate(ALICE.onPort(port), new EvenPort(true))))
                    .isZero();
            turn.refresh(ALICE.onPort(port), 0);
        }
        assertThat(turn.server.freePorts()).isEqualTo(60);
        assertQuick(486, () -> turn.allocate(ALICE, new EvenPort(true)));
        turn.advanceTo(Lifetimes.PORT_HOLD.toNanos());
        assertThat(turn.server.freePorts()).isEqualTo(64);
        assertThat(TurnFixture.codeIn(turn.allocate(ALICE, new EvenPort(true)))).isZero();
    }

    @Test
    void row30NumbersThatOverflowStopNoAllocation() throws ReflectiveOperationException {
        TurnFixture turn = new TurnFixture();
        Object opening = fieldOf(TurnServer.class, "opening").get(turn.server);
        fieldOf(AllocationOpening.class, "lastId").setLong(opening, Long.MAX_VALUE - 5);
        for (int round = 0; round < 20; round++) {
            assertThat(TurnFixture.codeIn(turn.allocate(ALICE.onPort(1 + round))))
                    .isZero();
        }
        assertThat(turn.server.relayCount()).isEqualTo(20);
        turn.advanceTo(Lifetimes.ALLOCATION_DEFAULT.toNanos());
        assertThat(turn.server.freePorts()).isEqualTo(100);
    }

    @Test
    void row30ThePoolOfPortsIsTheSameAfterMillionsOfTurns() {
        PortPool pool = new PortPool(PortPartition.whole(new PortRange(50000, 50063)));
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 5_000_000; round++) {
            pool.release((round & 1) == 0 ? pool.take(random) : pool.takeEven(random, false));
        }
        assertThat(pool.free()).isEqualTo(64);
        List<Integer> drawn = new ArrayList<>();
        for (int port = pool.take(random); port >= 0; port = pool.take(random)) {
            drawn.add(port);
        }
        assertThat(drawn).doesNotHaveDuplicates().hasSize(64);
    }

    @Test
    void row35AnEvenPortThatIsNotThereIsRefusedAtOnce() {
        TurnFixture turn = small(new QuotaLimits(20_000, 20_000, 20_000), 16_384);
        for (int i = 0; i < 8192; i++) {
            assertThat(TurnFixture.codeIn(turn.allocate(ALICE.onPort(1 + i), new EvenPort(false))))
                    .isZero();
        }
        assertThat(turn.server.freePorts()).as("all odd").isEqualTo(8192);
        assertQuick(508, () -> turn.allocate(BOB, new EvenPort(false)));
        assertQuick(508, () -> turn.allocate(BOB, new EvenPort(true)));
    }

    @Test
    void row36EveryRefusalHasExactlyOneErrorCode() {
        TurnFixture turn = TurnFixture.withAllocation(ALICE);
        TransportAddress ipv6 = TransportAddress.parse("[2606:4700::1111]:53");
        List<List<TurnEffect>> refusals = List.of(
                turn.request(ALICE, StunMethod.CREATE_PERMISSION),
                turn.createPermission(ALICE, DENIED_PEER),
                turn.createPermission(ALICE, ipv6),
                turn.createPermission(BOB, PEER),
                turn.createPermission(ALICE, PEER.withPort(0)),
                turn.request(ALICE, StunMethod.CHANNEL_BIND),
                turn.bindChannel(ALICE, 0x4000, DENIED_PEER),
                turn.bindChannel(ALICE, 0x4000, ipv6),
                turn.bindChannel(ALICE, 1, PEER),
                turn.bindChannel(BOB, 0x4000, PEER),
                turn.refresh(BOB, 600),
                turn.allocate(ALICE),
                turn.request(BOB, StunMethod.ALLOCATE),
                turn.send(BOB, StunMessage.request(StunMethod.ALLOCATE, turn.nextTransaction(), UDP), null));
        for (List<TurnEffect> refusal : refusals) {
            assertThat(TurnFixture.replyIn(refusal).message().all(ErrorCode.class))
                    .as("in %s", refusal)
                    .hasSize(1);
        }
    }

    private static void assertQuick(int code, Supplier<List<TurnEffect>> request) {
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long start = System.nanoTime();
            List<TurnEffect> effects = request.get();
            best = Math.min(best, System.nanoTime() - start);
            assertThat(TurnFixture.codeIn(effects)).isEqualTo(code);
        }
        System.out.println("rows 12 and 35: " + code + " after " + best / 1000 + " us");
        assertThat(best).isLessThan(REFUSAL_NANOS);
    }

    private static TurnFixture small(QuotaLimits quotas, int ports) {
        return new TurnFixture(TurnLimits.DEFAULT, new PortRange(40000, 40000 + ports - 1), quotas, 1);
    }

    private static TransportAddress peer(int number) {
        return TransportAddress.parse("9.9." + number / 200 + "." + (1 + number % 200) + ":1000");
    }

    private static Field fieldOf(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
