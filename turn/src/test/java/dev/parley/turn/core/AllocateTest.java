package dev.parley.turn.core;

import static dev.parley.turn.core.TurnFixture.ALICE;
import static dev.parley.turn.core.TurnFixture.BOB;
import static dev.parley.turn.core.TurnFixture.RELAY_IP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.IntegrityAlgorithm;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.AccessToken;
import dev.parley.ice.stun.attribute.AdditionalAddressFamily;
import dev.parley.ice.stun.attribute.AddressErrorCode;
import dev.parley.ice.stun.attribute.Bytes;
import dev.parley.ice.stun.attribute.DontFragment;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.MobilityTicket;
import dev.parley.ice.stun.attribute.RequestedAddressFamily;
import dev.parley.ice.stun.attribute.RequestedTransport;
import dev.parley.ice.stun.attribute.UnknownAttributes;
import dev.parley.ice.stun.attribute.XorMappedAddress;
import dev.parley.ice.stun.attribute.XorRelayedAddress;
import dev.parley.turn.quota.QuotaLimits;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllocateTest {
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);

    private final TurnFixture turn = new TurnFixture();

    @Test
    void nothingIsToldBeforeTheSocketStands() {
        List<TurnEffect> first = turn.request(ALICE, StunMethod.ALLOCATE, UDP);
        TurnEffect.OpenRelay open = onlyOpenRelay(first);
        assertThat(open.bind().ip()).isEqualTo(RELAY_IP);
        assertThat(turn.ports().contains(open.bind().port())).isTrue();
        assertThat(turn.server.findAllocation(ALICE.key())).isNull();
        assertThat(turn.server.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);

        List<TurnEffect> second =
                turn.handle(new TurnEvent.RelayOpened(open.relay().id()));
        assertThat(second).first().isEqualTo(new TurnEffect.AllocationOpened("alice", ALICE.key(), open.bind()));
        TurnEffect.Reply reply = TurnFixture.replyIn(second);
        assertThat(reply.message().attributes())
                .containsExactly(
                        new XorRelayedAddress(open.bind()), new Lifetime(600), new XorMappedAddress(ALICE.address()));
        assertThat(reply.key()).isEqualTo(ALICE.longTermKey());
        assertThat(turn.relayedOf(ALICE)).isEqualTo(open.bind());
        assertThat(turn.server.nextDeadlineNanos()).isEqualTo(Lifetimes.ALLOCATION_DEFAULT.toNanos());
    }

    @Test
    void aRetransmissionIsAbsorbedWhilePendingAndThenAnsweredTheSameForFortySeconds() {
        StunMessage request = turn.signedRequest(ALICE, StunMethod.ALLOCATE, UDP);
        TurnEffect.OpenRelay open = onlyOpenRelay(turn.send(ALICE, request, IntegrityAlgorithm.SHA1));
        assertThat(turn.send(ALICE, request, IntegrityAlgorithm.SHA1)).isEmpty();

        TurnEffect.Reply answer = TurnFixture.replyIn(
                turn.handle(new TurnEvent.RelayOpened(open.relay().id())));
        turn.advanceTo(Lifetimes.REMEMBERED_ANSWER.toNanos() - 1);
        assertThat(turn.send(ALICE, request, IntegrityAlgorithm.SHA1)).containsExactly(answer);

        turn.advanceTo(Lifetimes.REMEMBERED_ANSWER.toNanos());
        assertThat(TurnFixture.codeIn(turn.send(ALICE, request, IntegrityAlgorithm.SHA1)))
                .isEqualTo(437);
    }

    @Test
    void anotherAllocateOnTheSameFiveTupleIsAMismatch() {
        onlyOpenRelay(turn.request(ALICE, StunMethod.ALLOCATE, UDP));
        assertThat(TurnFixture.codeIn(turn.request(ALICE, StunMethod.ALLOCATE, UDP)))
                .isEqualTo(437);
    }

    @Test
    void aSecondAllocateNeedsACredentialInForceLikeTheFirst() {
        turn.allocate(ALICE);
        turn.users.stand("alice", Users.Standing.EXPIRED);
        assertRefused(turn.request(ALICE, StunMethod.ALLOCATE, UDP), RefusalReason.EXPIRED_CREDENTIAL, 401);
    }

    @Test
    void aRefusedPortIsReplacedByAnotherUntilTheAttemptsAreSpent() {
        TurnEffect.OpenRelay open = onlyOpenRelay(turn.request(ALICE, StunMethod.ALLOCATE, UDP));
        for (int attempt = 1; attempt < TurnLimits.DEFAULT.relayAttempts(); attempt++) {
            TurnEffect.OpenRelay next = onlyOpenRelay(
                    turn.handle(new TurnEvent.RelayRefused(open.relay().id())));
            assertThat(next.bind()).isNotEqualTo(open.bind());
            open = next;
        }
        List<TurnEffect> effects =
                turn.handle(new TurnEvent.RelayRefused(open.relay().id()));
        assertThat(effects).first().isEqualTo(new TurnEffect.Refused(ALICE.key(), RefusalReason.RELAY_REFUSED));
        assertThat(TurnFixture.codeIn(effects)).isEqualTo(508);
        assertThat(turn.quotas.total()).isZero();
        assertThat(turn.server.allocationCount()).isZero();
        assertThat(TurnFixture.codeIn(turn.allocate(ALICE))).isZero();
    }

    @Test
    void lifetimeIsGrantedWithinTheRules() {
        assertThat(TurnFixture.replyIn(turn.allocate(ALICE, new Lifetime(1800)))
                        .message()
                        .find(Lifetime.class))
                .isEqualTo(new Lifetime(1800));
        assertThat(TurnFixture.replyIn(turn.allocate(BOB, new Lifetime(99999)))
                        .message()
                        .find(Lifetime.class))
                .isEqualTo(new Lifetime(3600));
    }

    @Test
    void requestedTransportMustBeThereAndUdp() {
        assertRefused(turn.request(ALICE, StunMethod.ALLOCATE), RefusalReason.MISSING_ATTRIBUTE, 400);
        assertRefused(
                turn.request(ALICE, StunMethod.ALLOCATE, new RequestedTransport(RequestedTransport.TCP)),
                RefusalReason.UNSUPPORTED_TRANSPORT,
                442);
    }

    @Test
    void aFamilyWithoutRelayAddressIsRefused() {
        assertRefused(
                turn.allocate(ALICE, RequestedAddressFamily.of(AddressFamily.IPV6)),
                RefusalReason.UNSUPPORTED_FAMILY,
                440);
        assertRefused(turn.allocate(ALICE, new RequestedAddressFamily(3)), RefusalReason.UNSUPPORTED_FAMILY, 440);
        assertThat(TurnFixture.codeIn(turn.allocate(ALICE, RequestedAddressFamily.of(AddressFamily.IPV4))))
                .isZero();
    }

    @Test
    void eachFamilyHasItsRelayAddressAndItsPeers() {
        TurnFixture dual = TurnFixture.dualStack();
        dual.allocate(ALICE, RequestedAddressFamily.of(AddressFamily.IPV6));
        assertThat(dual.relayedOf(ALICE).ip()).isEqualTo(TurnFixture.RELAY_IPV6);
        TransportAddress ipv6 = TransportAddress.parse("[2606:4700::1111]:53");
        assertThat(TurnFixture.codeIn(dual.createPermission(ALICE, ipv6))).isZero();
        assertThat(dual.down(ALICE, ipv6)).isNotNull();
        assertThat(TurnFixture.codeIn(dual.createPermission(ALICE, TurnFixture.PEER)))
                .isEqualTo(443);
        assertThat(dual.server.freePorts()).isEqualTo(199);
    }

    @Test
    void behindNatTheSocketIsBoundInsideAndTheOutsideIsAdvertised() {
        TurnFixture dual = TurnFixture.dualStack();
        TurnEffect.OpenRelay open = onlyOpenRelay(dual.request(ALICE, StunMethod.ALLOCATE, UDP));
        assertThat(open.bind().ip()).isEqualTo(IpAddress.parse("10.1.2.3"));
        TurnEffect.Reply reply = TurnFixture.replyIn(
                dual.handle(new TurnEvent.RelayOpened(open.relay().id())));
        assertThat(reply.message().find(XorRelayedAddress.class))
                .isEqualTo(new XorRelayedAddress(
                        TransportAddress.of(RELAY_IP, open.bind().port())));
        dual.liveRelays.add(open.bind());
        assertThat(dual.createPermission(ALICE, open.bind()))
                .first()
                .isEqualTo(new TurnEffect.Refused(ALICE.key(), RefusalReason.PEER_IS_SELF));
    }

    @Test
    void theSecondFamilyIsAnsweredAsUnavailable() {
        TurnEffect.Reply reply =
                TurnFixture.replyIn(turn.allocate(ALICE, AdditionalAddressFamily.of(AddressFamily.IPV6)));
        assertThat(reply.message().find(AddressErrorCode.class))
                .isEqualTo(new AddressErrorCode(AddressFamily.IPV6, 440, ""));
        assertRefused(
                turn.allocate(BOB, AdditionalAddressFamily.of(AddressFamily.IPV4)),
                RefusalReason.CONFLICTING_ATTRIBUTES,
                400);
        assertRefused(
                turn.allocate(
                        BOB,
                        AdditionalAddressFamily.of(AddressFamily.IPV6),
                        RequestedAddressFamily.of(AddressFamily.IPV4)),
                RefusalReason.CONFLICTING_ATTRIBUTES,
                400);
    }

    @Test
    void featuresThatAreNotThereAreNamed() {
        List<TurnEffect> effects = turn.allocate(ALICE, new DontFragment(), new AccessToken(Bytes.of(new byte[8])));
        assertRefused(effects, RefusalReason.UNKNOWN_ATTRIBUTE, 420);
        assertThat(TurnFixture.replyIn(effects).message().find(UnknownAttributes.class))
                .isEqualTo(new UnknownAttributes(List.of(DontFragment.TYPE, AccessToken.TYPE)));
        assertThat(TurnFixture.replyIn(effects).key()).isEqualTo(ALICE.longTermKey());
    }

    @Test
    void dontFragmentIsNoStrangerWhereSocketsCanDoIt() {
        assertThat(TurnFixture.codeIn(TurnFixture.withDontFragment().allocate(ALICE, new DontFragment())))
                .isZero();
    }

    @Test
    void mobilityTicketsAreIgnoredAndNoneIsIssued() {
        TurnEffect.Reply reply = TurnFixture.replyIn(turn.allocate(ALICE, new MobilityTicket(Bytes.EMPTY)));
        assertThat(reply.message().has(MobilityTicket.class)).isFalse();
    }

    @Test
    void theUsersQuotaHoldsAtItsLimit() {
        TurnFixture small = small(new QuotaLimits(2, 100, 100), 100);
        assertThat(TurnFixture.codeIn(small.allocate(ALICE))).isZero();
        assertThat(TurnFixture.codeIn(small.allocate(ALICE.onPort(1)))).isZero();
        assertRefused(small.allocate(ALICE.onPort(2)), ALICE.onPort(2), RefusalReason.USER_QUOTA, 486);
        assertThat(TurnFixture.codeIn(small.allocate(BOB))).isZero();

        small.refresh(ALICE, 0);
        assertThat(TurnFixture.codeIn(small.allocate(ALICE.onPort(2)))).isZero();
    }

    @Test
    void addressAndTotalQuotasHoldAtTheirLimits() {
        TurnFixture perAddress = small(new QuotaLimits(100, 1, 100), 100);
        perAddress.allocate(ALICE);
        assertRefused(perAddress.allocate(ALICE.onPort(1)), ALICE.onPort(1), RefusalReason.ADDRESS_QUOTA, 486);
        TurnFixture inTotal = small(new QuotaLimits(100, 100, 1), 100);
        inTotal.allocate(ALICE);
        assertRefused(inTotal.allocate(BOB), BOB, RefusalReason.TOTAL_QUOTA, 508);
    }

    @Test
    void anEmptyPoolIsInsufficientCapacityAndRecovers() {
        TurnFixture small = small(new QuotaLimits(100, 100, 100), 2);
        small.allocate(ALICE);
        small.allocate(ALICE.onPort(1));
        for (int i = 0; i < 10; i++) {
            assertRefused(small.allocate(BOB), BOB, RefusalReason.PORTS_EXHAUSTED, 508);
        }
        assertThat(small.quotas.total()).isEqualTo(2);
        small.refresh(ALICE, 0);
        assertThat(TurnFixture.codeIn(small.allocate(BOB))).isZero();
    }

    @Test
    void drainingRefusesNewAllocationsAndKeepsOldOnes() {
        turn.allocate(ALICE);
        assertThat(turn.handle(new TurnEvent.DrainStarted())).isEmpty();
        assertRefused(turn.allocate(BOB), BOB, RefusalReason.DRAINING, 508);
        assertThat(TurnFixture.codeIn(turn.refresh(ALICE, 600))).isZero();
        assertThat(TurnFixture.codeIn(turn.createPermission(ALICE, TurnFixture.PEER)))
                .isZero();
    }

    private static TurnFixture small(QuotaLimits quotas, int ports) {
        return new TurnFixture(TurnLimits.DEFAULT, new PortRange(50000, 50000 + ports - 1), quotas, 1);
    }

    private static TurnEffect.OpenRelay onlyOpenRelay(List<TurnEffect> effects) {
        assertThat(effects).hasSize(1).first().isInstanceOf(TurnEffect.OpenRelay.class);
        return (TurnEffect.OpenRelay) effects.getFirst();
    }

    private static void assertRefused(List<TurnEffect> effects, RefusalReason reason, int code) {
        TestClient client = TurnFixture.replyIn(effects).client().equals(ALICE.key()) ? ALICE : BOB;
        assertRefused(effects, client, reason, code);
    }

    private static void assertRefused(List<TurnEffect> effects, TestClient client, RefusalReason reason, int code) {
        assertThat(effects).first().isEqualTo(new TurnEffect.Refused(client.key(), reason));
        assertThat(TurnFixture.codeIn(effects)).isEqualTo(code);
    }
}
