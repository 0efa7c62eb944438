package dev.parley.turn.core;

import static dev.parley.turn.core.TurnFixture.DENIED_PEER;
import static dev.parley.turn.core.TurnFixture.OTHER_PEER;
import static dev.parley.turn.core.TurnFixture.PEER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.Cidr;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunClass;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.ConnectionId;
import dev.parley.ice.stun.attribute.DontFragment;
import dev.parley.ice.stun.attribute.EvenPort;
import dev.parley.ice.stun.attribute.RequestedTransport;
import dev.parley.ice.stun.attribute.XorPeerAddress;
import dev.parley.turn.quota.QuotaLimits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TCP allocations (RFC 6062), with the kernel played by the test. */
class PeerConnectionsTest {
    private static final int MOST = 2;
    private static final TestClient ALICE =
            TestClient.over(ClientTransport.TCP, "198.51.100.7:40000", TurnFixture.ALICE.username());
    private static final TestClient ALICES_DATA = ALICE.onPort(40001);
    private static final TestClient BOB =
            TestClient.over(ClientTransport.TLS, "198.51.100.8:50000", TurnFixture.BOB.username());

    private final TurnFixture turn = TurnFixture.with(TurnExtensions.NONE.withTcpRelay(MOST), new QuotaLimits(9, 9, 9));

    @BeforeEach
    void allocate() {
        assertThat(TurnFixture.codeIn(allocateTcp(turn, ALICE))).isZero();
    }

    private static List<TurnEffect> allocateTcp(TurnFixture turn, TestClient client, Attribute... more) {
        Attribute[] all = new Attribute[more.length + 1];
        System.arraycopy(more, 0, all, 0, more.length);
        all[more.length] = new RequestedTransport(RequestedTransport.TCP);
        return turn.openRelays(turn.request(client, StunMethod.ALLOCATE, all));
    }

    /** Row 9. */
    @Test
    void withoutTheOptInTheTransportIsUnsupportedAndTheMethodsUnknown() {
        TurnFixture plain = new TurnFixture();
        assertThat(TurnFixture.codeIn(allocateTcp(plain, ALICE))).isEqualTo(442);
        plain.allocate(ALICE);
        assertThat(plain.request(ALICE, StunMethod.CONNECT, new XorPeerAddress(PEER)))
                .containsExactly(new TurnEffect.Refused(ALICE.key(), RefusalReason.UNSUPPORTED_METHOD));
    }

    @ParameterizedTest
    @EnumSource(
            value = ClientTransport.class,
            names = {"UDP", "DTLS"})
    void aTcpAllocationNeedsAStream(ClientTransport transport) {
        TestClient client = TestClient.over(transport, "198.51.100.8:1", TurnFixture.BOB.username());
        assertThat(TurnFixture.codeIn(allocateTcp(turn, client))).isEqualTo(400);
    }

    @Test
    void aTcpAllocationTakesNoAttributeForDatagramsAndNoChannel() {
        assertThat(TurnFixture.codeIn(allocateTcp(turn, BOB, new EvenPort(false))))
                .isEqualTo(400);
        TurnFixture able = TurnFixture.with(
                TurnExtensions.NONE.withDontFragment(true).withTcpRelay(MOST), new QuotaLimits(9, 9, 9));
        assertThat(TurnFixture.codeIn(allocateTcp(able, BOB, new DontFragment())))
                .isEqualTo(400);
        assertThat(TurnFixture.codeIn(turn.bindChannel(ALICE, TurnFixture.CHANNEL, PEER)))
                .isEqualTo(400);
    }

    @Test
    void connectIsAnsweredWhenTheConnectionStandsAndBoundOnANewOne() {
        int id = connect(PEER);
        List<TurnEffect> answer = turn.handle(new TurnEvent.PeerConnected(id));
        assertThat(TurnFixture.replyIn(answer).message().find(ConnectionId.class))
                .isEqualTo(new ConnectionId(Integer.toUnsignedLong(id)));

        List<TurnEffect> bound = bind(ALICES_DATA, id);
        assertThat(TurnFixture.codeIn(bound)).isZero();
        assertThat(bound.getLast()).isEqualTo(new TurnEffect.JoinPeer(id, ALICES_DATA.key()));
        assertThat(TurnFixture.codeIn(bind(ALICE.onPort(40002), id)))
                .as("a second time")
                .isEqualTo(400);
    }

    @Test
    void aFailedConnectionIs447AndMayBeTriedAgain() {
        int id = connect(PEER);
        assertThat(TurnFixture.codeIn(turn.handle(new TurnEvent.PeerFailed(id))))
                .isEqualTo(447);
        assertThat(connect(PEER)).isNotEqualTo(id);
    }

    @Test
    void oneConnectionToAPeerAtATime() {
        int id = connect(PEER);
        assertThat(code(PEER)).as("connecting").isEqualTo(446);
        turn.handle(new TurnEvent.PeerConnected(id));
        assertThat(code(PEER)).as("unbound").isEqualTo(446);
        bind(ALICES_DATA, id);
        assertThat(code(PEER)).as("bound").isEqualTo(446);
        turn.handle(new TurnEvent.PeerClosed(id));
        connect(PEER);
    }

    /** Rows 10, 14 and 42 at the fourth door. */
    @Test
    void thePeerRulesHoldForConnect() {
        assertThat(code(DENIED_PEER)).isEqualTo(403);
        assertThat(code(TurnFixture.LISTENER)).isEqualTo(403);
        assertThat(code(turn.relayedOf(ALICE))).as("its own relay").isEqualTo(403);
        assertThat(code(PEER.withPort(0))).isEqualTo(403);
        assertThat(code(TransportAddress.parse("[2606:4700::1]:80"))).isEqualTo(443);
        assertThat(TurnFixture.codeIn(turn.request(ALICE, StunMethod.CONNECT))).isEqualTo(400);
        assertThat(TurnFixture.codeIn(turn.request(BOB, StunMethod.CONNECT, new XorPeerAddress(PEER))))
                .as("without an allocation")
                .isEqualTo(437);
    }

    @Test
    void anotherRelayIsAPeerOnlyIfItRelaysTcpToo() {
        turn.allocate(BOB);
        assertThat(code(turn.relayedOf(BOB))).isEqualTo(403);
        assertThat(TurnFixture.codeIn(turn.request(BOB, StunMethod.CONNECT, new XorPeerAddress(PEER))))
                .as("Connect on an allocation for datagrams")
                .isEqualTo(437);
        turn.refresh(BOB, 0);
        allocateTcp(turn, BOB);
        connect(turn.relayedOf(BOB));
    }

    @Test
    void behindANatTwoRelaysMeetWhereTheyAreBoundAndAreNamedAsClientsKnowThem() {
        TurnFixture nat = TurnFixture.dualStack(TurnExtensions.NONE.withTcpRelay(MOST));
        allocateTcp(nat, ALICE);
        allocateTcp(nat, BOB);
        Relay from = nat.relayOf(ALICE);
        Relay to = nat.relayOf(BOB);
        assertThat(to.bindAddress()).isNotEqualTo(to.relayed());
        nat.createPermission(BOB, from.relayed());

        List<TurnEffect> effects = nat.request(ALICE, StunMethod.CONNECT, new XorPeerAddress(to.relayed()));

        assertThat(effects.getFirst()).isInstanceOfSatisfying(TurnEffect.ConnectPeer.class, connect -> {
            assertThat(connect.relay()).isEqualTo(from);
            assertThat(connect.peer()).isEqualTo(to.bindAddress());
        });
        List<TurnEffect> arrived = nat.handle(new TurnEvent.PeerArrived(to, from.bindAddress(), 7));
        assertThat(TurnFixture.replyIn(arrived).message().find(XorPeerAddress.class))
                .isEqualTo(new XorPeerAddress(from.relayed()));
        assertThat(nat.handle(new TurnEvent.PeerArrived(to, from.bindAddress().withPort(1), 8)))
                .as("another socket of this host")
                .containsExactly(new TurnEffect.RefusePeer(8));
    }

    @Test
    void soManyConnectionsOfOneAllocationAndNotOneMore() {
        for (int i = 0; i < MOST; i++) {
            connect(PEER.withPort(1000 + i));
        }
        assertThat(code(OTHER_PEER)).isEqualTo(508);
        assertThat(arrive(OTHER_PEER, 1)).containsExactly(new TurnEffect.RefusePeer(1));
    }

    @Test
    void row34ConnectAndAPeerThatComesByItselfAskTheRules() {
        turn.scope.takeQuestions();
        connect(OTHER_PEER);
        assertThat(turn.scope.takeQuestions()).as("Connect").isEqualTo(1);
        turn.createPermission(ALICE, PEER);
        turn.scope.takeQuestions();
        turn.scope.shutOut(PEER);
        assertThat(arrive(PEER, 1)).containsExactly(new TurnEffect.RefusePeer(1));
        assertThat(turn.scope.takeQuestions()).as("a peer that connects").isEqualTo(1);
    }

    @Test
    void aPeerThatComesByItselfNeedsAPermission() {
        assertThat(arrive(PEER, 1)).containsExactly(new TurnEffect.RefusePeer(1));
        turn.createPermission(ALICE, PEER);

        List<TurnEffect> effects = arrive(PEER, 2);
        int id = effects.getFirst() instanceof TurnEffect.TakePeer taken ? taken.connectionId() : 0;
        TurnEffect.Reply attempt = TurnFixture.replyIn(effects);
        assertThat(attempt.client()).isEqualTo(ALICE.key());
        assertThat(attempt.message().messageClass()).isEqualTo(StunClass.INDICATION);
        assertThat(attempt.message().method()).isEqualTo(StunMethod.CONNECTION_ATTEMPT);
        assertThat(attempt.message().find(XorPeerAddress.class)).isEqualTo(new XorPeerAddress(PEER));
        assertThat(attempt.message().find(ConnectionId.class)).isEqualTo(new ConnectionId(Integer.toUnsignedLong(id)));
        assertThat(TurnFixture.codeIn(bind(ALICES_DATA, id))).isZero();

        turn.sleep(Lifetimes.PERMISSION);
        assertThat(arrive(OTHER_PEER, 3)).contains(new TurnEffect.RefusePeer(3));
    }

    @Test
    void aConnectionIsBoundWithinThirtySecondsAndNotOneTickLater() {
        assertThat(Lifetimes.UNBOUND_CONNECTION).isEqualTo(Duration.ofSeconds(30));
        int id = connect(PEER);
        turn.handle(new TurnEvent.PeerConnected(id));
        long deathNanos = turn.nowNanos() + Lifetimes.UNBOUND_CONNECTION.toNanos();

        assertThat(turn.advanceTo(deathNanos - 1)).isEmpty();
        assertThat(turn.advanceTo(deathNanos)).containsExactly(new TurnEffect.ClosePeer(id));
        assertThat(TurnFixture.codeIn(bind(ALICES_DATA, id))).isEqualTo(400);
    }

    @Test
    void onlyItsUserBindsAConnectionAndOnlyOnANewStream() {
        int id = connect(PEER);
        assertThat(TurnFixture.codeIn(bind(ALICES_DATA, id))).as("too early").isEqualTo(400);
        turn.handle(new TurnEvent.PeerConnected(id));

        assertThat(TurnFixture.codeIn(bind(BOB, id))).isEqualTo(441);
        assertThat(TurnFixture.codeIn(bind(ALICE, id)))
                .as("the control connection")
                .isEqualTo(400);
        TestClient datagrams = TestClient.over(ClientTransport.UDP, "198.51.100.7:1", ALICE.username());
        assertThat(TurnFixture.codeIn(bind(datagrams, id))).isEqualTo(400);
        assertThat(TurnFixture.codeIn(turn.request(ALICES_DATA, StunMethod.CONNECTION_BIND)))
                .isEqualTo(400);
        assertThat(TurnFixture.codeIn(bind(ALICES_DATA, id))).isZero();
    }

    @Test
    void tighterRulesCloseWhatTheyDeny() {
        int id = connect(PEER);
        turn.handle(new TurnEvent.PeerConnected(id));
        bind(ALICES_DATA, id);

        assertThat(turn.handle(new TurnEvent.RulesChanged(turn.rules(List.of(Cidr.parse("9.9.9.0/24"))))))
                .contains(new TurnEffect.ClosePeer(id));
    }

    @Test
    void withTheAllocationItsConnectionsCannotBeBoundAnyMore() {
        int id = connect(PEER);
        turn.handle(new TurnEvent.PeerConnected(id));
        turn.refresh(ALICE, 0);

        assertThat(TurnFixture.codeIn(bind(ALICES_DATA, id))).isEqualTo(400);
        assertThat(turn.handle(new TurnEvent.PeerClosed(id))).isEmpty();
        assertThat(turn.server.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    private int connect(TransportAddress peer) {
        List<TurnEffect> effects = turn.request(ALICE, StunMethod.CONNECT, new XorPeerAddress(peer));
        if (effects.getFirst() instanceof TurnEffect.ConnectPeer(Relay relay, int id, TransportAddress to)) {
            assertThat(relay).isEqualTo(turn.relayOf(ALICE));
            assertThat(to).isEqualTo(peer);
            return id;
        }
        throw new AssertionError("no connection is made: " + effects);
    }

    private int code(TransportAddress peer) {
        return TurnFixture.codeIn(turn.request(ALICE, StunMethod.CONNECT, new XorPeerAddress(peer)));
    }

    private List<TurnEffect> arrive(TransportAddress peer, long arrival) {
        return turn.handle(new TurnEvent.PeerArrived(turn.relayOf(ALICE), peer, arrival));
    }

    private List<TurnEffect> bind(TestClient client, int id) {
        return turn.request(client, StunMethod.CONNECTION_BIND, new ConnectionId(Integer.toUnsignedLong(id)));
    }
}
