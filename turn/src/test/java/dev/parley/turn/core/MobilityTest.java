package dev.parley.turn.core;

import static dev.parley.turn.core.TurnFixture.ALICE;
import static dev.parley.turn.core.TurnFixture.BOB;
import static dev.parley.turn.core.TurnFixture.CHANNEL;
import static dev.parley.turn.core.TurnFixture.PEER;
import static dev.parley.turn.core.TurnFixture.codeIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.stun.IntegrityAlgorithm;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.Bytes;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.MobilityTicket;
import dev.parley.ice.stun.attribute.RequestedAddressFamily;
import dev.parley.ice.stun.attribute.RequestedTransport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mobility (RFC 8016), rule by rule. */
class MobilityTest {
    private static final TestClient ELSEWHERE = TestClient.of("192.0.2.9:1111", ALICE.username());
    private static final TestClient FURTHER = TestClient.of("192.0.2.77:2222", ALICE.username());

    private final MobileTurn mobile = new MobileTurn();
    private final TurnFixture turn = mobile.turn;

    @Test
    void anEmptyTicketInAllocateIsAnsweredWithATicket() {
        assertThat(mobile.allocate(ALICE).length()).isEqualTo(32);
    }

    @Test
    void anAllocateWithoutTheAttributeGetsNoTicketAndStaysWhereItIs() {
        assertThat(TurnFixture.replyIn(turn.allocate(ALICE)).message().has(MobilityTicket.class))
                .isFalse();
        turn.handle(new TurnEvent.ClientGone(ALICE.key()));
        assertThat(turn.server.allocationCount()).isZero();
    }

    @Test
    void aFilledTicketInAllocateIsABadRequest() {
        assertThat(codeIn(turn.allocate(ALICE, new MobilityTicket(Bytes.of(new byte[1])))))
                .isEqualTo(400);
        assertThat(turn.quotas.total()).isZero();
    }

    @Test
    void aTcpAllocationCannotBeMobile() {
        TestClient overTcp = TestClient.over(ClientTransport.TCP, "198.51.100.7:40000", ALICE.username());
        List<TurnEffect> effects = turn.request(
                overTcp, StunMethod.ALLOCATE, new RequestedTransport(RequestedTransport.TCP), MobileTurn.WISH);
        assertThat(codeIn(effects)).isEqualTo(405);
    }

    @Test
    void everyTicketDiffersFromTheOneBefore() {
        Bytes first = mobile.allocate(ALICE);
        Bytes second = mobile.move(ELSEWHERE, first);
        assertThat(mobile.move(FURTHER, second)).isNotEqualTo(second).isNotEqualTo(first);
    }

    @Test
    void untilDataComesFromTheNewFiveTupleItComesAndGoesByTheOld() {
        Bytes ticket = mobile.allocateWithChannel(ALICE);
        mobile.move(ELSEWHERE, ticket);

        assertThat(turn.up(ALICE, CHANNEL)).isNotNull();
        assertThat(TurnFixture.found(turn.down(ALICE, PEER)).allocation().client())
                .isEqualTo(ALICE.key());
        assertThat(turn.up(ELSEWHERE, CHANNEL)).isNull();
    }

    @Test
    void requestsAreAnsweredOnBothFiveTuplesDuringAHandover() {
        mobile.move(ELSEWHERE, mobile.allocate(ALICE));

        assertThat(codeIn(turn.createPermission(ALICE, PEER))).isZero();
        assertThat(codeIn(turn.bindChannel(ELSEWHERE, CHANNEL, PEER))).isZero();
        assertThat(codeIn(turn.refresh(ELSEWHERE, 600))).isZero();
        assertThat(turn.allocationOf(ALICE).client()).isEqualTo(ALICE.key());
    }

    @Test
    void theFirstDataFromTheNewFiveTupleEndsTheOldOne() {
        Bytes ticket = mobile.allocateWithChannel(ALICE);
        Allocation allocation = turn.allocationOf(ALICE);
        mobile.move(ELSEWHERE, ticket);

        assertThat(mobile.data(ELSEWHERE))
                .containsExactly(
                        new TurnEffect.ClientMoved(allocation, ALICE.key(), ELSEWHERE.key()),
                        new TurnEffect.ClientLeft(ALICE.key()));
        assertThat(turn.up(ELSEWHERE, CHANNEL)).isNotNull();
        assertThat(turn.up(ALICE, CHANNEL)).isNull();
        assertThat(codeIn(turn.refresh(ALICE, 600))).isEqualTo(437);
        assertThat(allocation.client()).isEqualTo(ELSEWHERE.key());
    }

    @Test
    void theEndOfTheOldConnectionEndsTheOldFiveTuple() {
        Bytes ticket = mobile.allocateWithChannel(ALICE);
        mobile.move(ELSEWHERE, ticket);
        turn.handle(new TurnEvent.ClientGone(ALICE.key()));

        assertThat(turn.allocationOf(ELSEWHERE).client()).isEqualTo(ELSEWHERE.key());
        assertThat(turn.up(ELSEWHERE, CHANNEL)).isNotNull();
    }

    @Test
    void channelsPermissionsAndRelayedAddressStay() {
        Bytes ticket = mobile.allocateWithChannel(ALICE);
        Relay relay = turn.relayOf(ALICE);
        mobile.move(ELSEWHERE, ticket);
        mobile.data(ELSEWHERE);

        PeerRoute up = TurnFixture.found(turn.up(ELSEWHERE, CHANNEL));
        assertThat(up.peer()).isEqualTo(PEER);
        assertThat(turn.relayOf(ELSEWHERE)).isSameAs(relay);
        assertThat(turn.down(ELSEWHERE, PEER)).isNotNull();
        assertThat(turn.server.allocationCount()).isEqualTo(1);
    }

    @Test
    void theMoveIsARefreshToo() {
        Bytes ticket = mobile.allocate(ALICE);
        turn.sleep(Duration.ofMinutes(5));
        List<TurnEffect> effects = mobile.refresh(ELSEWHERE, ticket, new Lifetime(3600));

        assertThat(TurnFixture.replyIn(effects).message().find(Lifetime.class)).isEqualTo(new Lifetime(3600));
        assertThat(turn.advanceTo(Duration.ofMinutes(64).toNanos())).isEmpty();
        assertThat(turn.server.allocationCount()).isEqualTo(1);
    }

    @Test
    void aForgedTicketIsABadRequestAndChangesNothing() {
        Bytes ticket = mobile.allocate(ALICE);
        byte[] forged = ticket.toArray();
        forged[29] ^= 1;

        assertThat(codeIn(mobile.refresh(ELSEWHERE, Bytes.of(forged)))).isEqualTo(400);
        assertThat(codeIn(mobile.refresh(ALICE, Bytes.EMPTY))).isEqualTo(400);
        assertThat(codeIn(mobile.refresh(ELSEWHERE, ticket))).isZero();
    }

    @Test
    void aTicketToAnAllocationThatEndedIsAMismatch() {
        Bytes ticket = mobile.allocate(ALICE);
        turn.refresh(ALICE, 0);
        assertThat(codeIn(mobile.refresh(ELSEWHERE, ticket))).isEqualTo(437);
    }

    @Test
    void aTicketFromItsOwnFiveTupleIsABadRequest() {
        Bytes ticket = mobile.allocate(ALICE);
        assertThat(codeIn(mobile.refresh(ALICE, ticket))).isEqualTo(400);
        Bytes second = mobile.move(ELSEWHERE, ticket);
        assertThat(codeIn(mobile.refresh(ELSEWHERE, second))).isEqualTo(400);
    }

    @Test
    void aTicketIsWorthNothingToAnotherUser() {
        Bytes ticket = mobile.allocate(ALICE);
        assertThat(codeIn(mobile.refresh(BOB, ticket))).isEqualTo(441);
        assertThat(codeIn(turn.refresh(BOB, 600))).isEqualTo(437);
    }

    @Test
    void aTicketIsWorthNothingWithoutACredential() {
        Bytes ticket = mobile.allocate(ALICE);
        StunMessage unsigned = turn.signedRequest(ELSEWHERE, StunMethod.REFRESH, new MobilityTicket(ticket));
        assertThat(codeIn(turn.send(ELSEWHERE, unsigned, null))).isEqualTo(401);
        assertThat(turn.server.isClient(ELSEWHERE.key())).isFalse();
    }

    @Test
    void nobodyMovesToWhereAnotherAllocationIs() {
        Bytes ticket = mobile.allocate(ALICE);
        turn.allocate(ELSEWHERE);
        assertThat(codeIn(mobile.refresh(ELSEWHERE, ticket))).isEqualTo(437);
        assertThat(turn.server.allocationCount()).isEqualTo(2);
    }

    @Test
    void nobodyAllocatesWhereAMovingClientIs() {
        mobile.move(ELSEWHERE, mobile.allocate(ALICE));
        assertThat(codeIn(turn.allocate(ELSEWHERE))).isEqualTo(437);
    }

    @Test
    void aRetransmittedMoveGetsTheSameAnswerForFortySeconds() {
        Bytes ticket = mobile.allocate(ALICE);
        StunMessage request = turn.signedRequest(ELSEWHERE, StunMethod.REFRESH, new MobilityTicket(ticket));
        TurnEffect.Reply first = TurnFixture.replyIn(turn.send(ELSEWHERE, request, IntegrityAlgorithm.SHA1));
        assertThat(turn.send(ELSEWHERE, request, IntegrityAlgorithm.SHA1)).containsExactly(first);

        mobile.data(ELSEWHERE);
        turn.sleep(Lifetimes.REMEMBERED_ANSWER.minusNanos(1));
        assertThat(turn.send(ELSEWHERE, request, IntegrityAlgorithm.SHA1)).containsExactly(first);
        turn.sleep(Duration.ofNanos(1));
        assertThat(codeIn(turn.send(ELSEWHERE, request, IntegrityAlgorithm.SHA1)))
                .isEqualTo(437);
    }

    @Test
    void theOldTicketIsWorthNothingAfterTheMove() {
        Bytes ticket = mobile.allocate(ALICE);
        mobile.move(ELSEWHERE, ticket);
        mobile.data(ELSEWHERE);
        assertThat(codeIn(mobile.refresh(FURTHER, ticket))).isEqualTo(437);
        assertThat(codeIn(mobile.refresh(ELSEWHERE, ticket))).isEqualTo(437);
    }

    @Test
    void aClientWhoseAnswerWasLostMayUseItsTicketFromYetAnotherAddress() {
        Bytes ticket = mobile.allocateWithChannel(ALICE);
        mobile.move(ELSEWHERE, ticket);
        assertThat(mobile.refresh(FURTHER, ticket)).contains(new TurnEffect.ClientLeft(ELSEWHERE.key()));

        assertThat(turn.server.isClient(ELSEWHERE.key())).isFalse();
        mobile.data(FURTHER);
        assertThat(turn.up(FURTHER, CHANNEL)).isNotNull();
    }

    @Test
    void theNewTicketFromAThirdAddressShowsThatItArrived() {
        Bytes ticket = mobile.allocateWithChannel(ALICE);
        Bytes second = mobile.move(ELSEWHERE, ticket);
        mobile.move(FURTHER, second);

        assertThat(turn.up(ALICE, CHANNEL)).isNull();
        assertThat(turn.up(ELSEWHERE, CHANNEL)).isNotNull();
        assertThat(codeIn(mobile.refresh(ALICE, ticket))).isEqualTo(437);
    }

    @Test
    void aClientMayComeBack() {
        Bytes ticket = mobile.allocateWithChannel(ALICE);
        for (int i = 0; i < 5; i++) {
            ticket = mobile.move(ELSEWHERE, ticket);
            mobile.data(ELSEWHERE);
            ticket = mobile.move(ALICE, ticket);
            mobile.data(ALICE);
        }
        assertThat(turn.up(ALICE, CHANNEL)).isNotNull();
        assertThat(turn.up(ELSEWHERE, CHANNEL)).isNull();
    }

    @Test
    void aLifetimeOfZeroFromElsewhereDeletes() {
        Bytes ticket = mobile.allocate(ALICE);
        List<TurnEffect> effects = mobile.refresh(ELSEWHERE, ticket, new Lifetime(0));
        assertThat(TurnFixture.replyIn(effects).message().find(Lifetime.class)).isEqualTo(new Lifetime(0));
        assertThat(turn.server.allocationCount()).isZero();
        assertThat(turn.quotas.total()).isZero();
    }

    @Test
    void aFamilyThatTheAllocationLacksMovesNothing() {
        Bytes ticket = mobile.allocate(ALICE);
        List<TurnEffect> effects =
                mobile.refresh(ELSEWHERE, ticket, new RequestedAddressFamily(AddressFamily.IPV6.stunCode()));
        assertThat(codeIn(effects)).isEqualTo(443);
        assertThat(turn.server.isClient(ELSEWHERE.key())).isFalse();
    }

    @Test
    void aTicketOfAnotherEventLoopIsForbiddenHere() {
        Bytes elsewhere = new MobilityTickets(MobileTurn.SECRET, 1).issue(1, 1);
        assertThat(codeIn(mobile.refresh(ALICE, elsewhere))).isEqualTo(405);
    }

    @Test
    void theEndTellsBothFiveTuples() {
        mobile.move(ELSEWHERE, mobile.allocate(ALICE));
        assertThat(turn.refresh(ELSEWHERE, 0))
                .contains(new TurnEffect.ClientLeft(ALICE.key()), new TurnEffect.ClientLeft(ELSEWHERE.key()));
        assertThat(turn.server.isClient(ELSEWHERE.key())).isFalse();
        assertThat(codeIn(turn.allocate(ELSEWHERE))).isZero();
    }
}
