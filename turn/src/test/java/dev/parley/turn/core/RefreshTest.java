package dev.parley.turn.core;

import static dev.parley.turn.core.TurnFixture.ALICE;
import static dev.parley.turn.core.TurnFixture.CHANNEL;
import static dev.parley.turn.core.TurnFixture.PEER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.Bytes;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.MobilityTicket;
import dev.parley.ice.stun.attribute.RequestedAddressFamily;
import dev.parley.ice.stun.attribute.RequestedTransport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefreshTest {
    private final TurnFixture turn = TurnFixture.withAllocation(ALICE);

    @Test
    void allocationDiesAtItsLifetimeAndNotOneTickEarlier() {
        Relay relay = turn.relayOf(ALICE);
        long deathNanos = turn.server.nextDeadlineNanos();

        assertThat(turn.advanceTo(deathNanos - 1)).isEmpty();
        assertThat(turn.advanceTo(deathNanos))
                .containsExactly(
                        new TurnEffect.CloseRelay(relay),
                        new TurnEffect.AllocationEnded("alice", ALICE.key(), relay.relayed(), EndReason.EXPIRED));
        assertThat(turn.server.findAllocation(ALICE.key())).isNull();
        assertThat(turn.server.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(turn.quotas.total()).isZero();
    }

    @Test
    void refreshMovesTheEnd() {
        turn.sleep(Duration.ofSeconds(100));
        TurnEffect.Reply reply = TurnFixture.replyIn(turn.refresh(ALICE, 1200));
        assertThat(reply.message().attributes()).containsExactly(new Lifetime(1200));
        assertThat(turn.server.nextDeadlineNanos())
                .isEqualTo(Duration.ofSeconds(1300).toNanos());
    }

    @Test
    void refreshWithoutLifetimeMeansTheDefault() {
        assertThat(TurnFixture.replyIn(turn.request(ALICE, StunMethod.REFRESH))
                        .message()
                        .attributes())
                .containsExactly(new Lifetime(600));
    }

    @Test
    void lifetimeZeroDeletesAtOnceWithEverythingThatHangsOnIt() {
        Relay relay = turn.relayOf(ALICE);
        turn.bindChannel(ALICE, CHANNEL, PEER);
        PeerRoute route = TurnFixture.found(turn.up(ALICE, CHANNEL));

        List<TurnEffect> effects = turn.refresh(ALICE, 0);
        assertThat(effects)
                .startsWith(
                        new TurnEffect.ChannelUnbound(route, CHANNEL),
                        new TurnEffect.CloseRelay(relay),
                        new TurnEffect.AllocationEnded("alice", ALICE.key(), relay.relayed(), EndReason.DELETED));
        assertThat(TurnFixture.replyIn(effects).message().attributes()).containsExactly(new Lifetime(0));
        assertThat(turn.server.routeFromClient(relay.allocation(), CHANNEL, turn.nowNanos()))
                .isNull();
        assertThat(turn.server.routeFromPeer(relay, PEER, turn.nowNanos())).isNull();
        assertThat(turn.server.lastDropReason()).isEqualTo(DropReason.NO_ALLOCATION);
        assertThat(turn.server.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(TurnFixture.codeIn(turn.refresh(ALICE, 0))).isEqualTo(437);
    }

    @Test
    void anotherUserMayNotTouchTheAllocation() {
        TestClient thief = new TestClient(ALICE.key(), TurnFixture.BOB.username(), TurnFixture.BOB.password());
        List<TurnEffect> effects = turn.refresh(thief, 0);
        assertThat(effects).first().isEqualTo(new TurnEffect.Refused(ALICE.key(), RefusalReason.OTHER_USER));
        assertThat(TurnFixture.codeIn(effects)).isEqualTo(441);
        assertThat(TurnFixture.codeIn(turn.createPermission(thief, PEER))).isEqualTo(441);
        assertThat(TurnFixture.codeIn(turn.bindChannel(thief, CHANNEL, PEER))).isEqualTo(441);
        assertThat(turn.server.findAllocation(ALICE.key())).isNotNull();
    }

    @Test
    void theRightNameWithTheWrongPasswordTouchesNothing() {
        TestClient guesser = new TestClient(ALICE.key(), ALICE.username(), "guess");
        List<TurnEffect> effects = turn.refresh(guesser, 0);
        assertThat(effects).first().isEqualTo(new TurnEffect.Refused(ALICE.key(), RefusalReason.WRONG_INTEGRITY));
        assertThat(TurnFixture.codeIn(effects)).isEqualTo(401);
        assertThat(TurnFixture.codeIn(turn.createPermission(guesser, PEER))).isEqualTo(401);
        assertThat(TurnFixture.codeIn(turn.bindChannel(guesser, CHANNEL, PEER))).isEqualTo(401);
        assertThat(turn.server.findAllocation(ALICE.key())).isNotNull();
        assertThat(turn.relayOf(ALICE).permissions().size()).isZero();
    }

    @Test
    void aMobilityTicketMovesNoAllocation() {
        assertThat(TurnFixture.codeIn(
                        turn.request(ALICE.onPort(1), StunMethod.REFRESH, new MobilityTicket(Bytes.of(new byte[8])))))
                .isEqualTo(437);
    }

    @Test
    void anotherFiveTupleHasNoAllocation() {
        assertThat(TurnFixture.codeIn(turn.refresh(ALICE.onPort(1), 600))).isEqualTo(437);
        TestClient otherListener =
                new TestClient(new ClientKey(ALICE.address(), 2), ALICE.username(), ALICE.password());
        assertThat(TurnFixture.codeIn(turn.refresh(otherListener, 600))).isEqualTo(437);
    }

    @Test
    void aPendingAllocationIsNoneYet() {
        TurnFixture fresh = new TurnFixture();
        fresh.request(ALICE, StunMethod.ALLOCATE, new RequestedTransport(RequestedTransport.UDP));
        assertThat(TurnFixture.codeIn(fresh.refresh(ALICE, 600))).isEqualTo(437);
    }

    @Test
    void theOtherFamilyIsAMismatch() {
        assertThat(TurnFixture.codeIn(
                        turn.request(ALICE, StunMethod.REFRESH, RequestedAddressFamily.of(AddressFamily.IPV6))))
                .isEqualTo(443);
    }

    @Test
    void aMembersAllocationOutlivesItsCredentialUntilTheMemberIsGone() {
        TurnFixture fixture = TurnFixture.withAllocation(ALICE);
        fixture.users.stand("alice", Users.Standing.EXPIRED);
        assertThat(TurnFixture.codeIn(fixture.refresh(ALICE, 600))).isZero();
        assertThat(TurnFixture.codeIn(fixture.createPermission(ALICE, PEER))).isZero();
        assertThat(TurnFixture.codeIn(fixture.bindChannel(ALICE, CHANNEL, PEER)))
                .isZero();
        fixture.users.stand("alice", Users.Standing.GONE);
        assertThat(TurnFixture.codeIn(fixture.refresh(ALICE, 600))).isEqualTo(401);
    }

    @Test
    void anExpiredCredentialFromElsewhereKeepsItsAllocationForADayAtMost() {
        turn.users.stand("alice", Users.Standing.EXPIRED);
        long maxNanos = TurnLimits.DEFAULT.maxExpiredAge().toNanos();
        long stepNanos = Duration.ofMinutes(5).toNanos();
        for (long time = stepNanos; time < maxNanos; time += stepNanos) {
            turn.advanceTo(time);
            assertThat(TurnFixture.codeIn(turn.refresh(ALICE, 600))).isZero();
        }
        turn.advanceTo(maxNanos);
        assertThat(TurnFixture.codeIn(turn.refresh(ALICE, 600))).isEqualTo(401);
    }

    @Test
    void revocationEndsAllAllocationsOfTheNameAndNoOthers() {
        turn.allocate(ALICE.onPort(1));
        turn.allocate(TurnFixture.BOB);
        TransportAddress bobs = turn.relayedOf(TurnFixture.BOB);

        List<TurnEffect> effects = turn.handle(new TurnEvent.Revoked("alice"));
        assertThat(effects)
                .filteredOn(TurnEffect.AllocationEnded.class::isInstance)
                .hasSize(2)
                .allMatch(effect -> effect instanceof TurnEffect.AllocationEnded ended
                        && ended.reason() == EndReason.REVOKED
                        && ended.name().equals("alice"));
        assertThat(turn.liveRelays).containsExactly(bobs);
        assertThat(turn.quotas.total()).isEqualTo(1);
        assertThat(turn.handle(new TurnEvent.Revoked("alice"))).isEmpty();
    }

    @Test
    void revocationWhilePendingClosesTheSocketAsSoonAsItStands() {
        TurnFixture fresh = new TurnFixture();
        TurnEffect.OpenRelay open = (TurnEffect.OpenRelay)
                fresh.request(ALICE, StunMethod.ALLOCATE, new RequestedTransport(RequestedTransport.UDP))
                        .getFirst();
        assertThat(fresh.handle(new TurnEvent.Revoked("alice"))).isEmpty();
        assertThat(fresh.handle(new TurnEvent.RelayOpened(open.relay().id())))
                .containsExactly(new TurnEffect.CloseRelay(open.relay()));
        assertThat(fresh.quotas.total()).isZero();
        assertThat(fresh.server.allocationCount()).isZero();
    }

    @Test
    void aClientWhoseConnectionIsGoneLosesItsAllocation() {
        Relay relay = turn.relayOf(ALICE);
        assertThat(turn.handle(new TurnEvent.ClientGone(ALICE.key())))
                .containsExactly(
                        new TurnEffect.CloseRelay(relay),
                        new TurnEffect.AllocationEnded("alice", ALICE.key(), relay.relayed(), EndReason.CLIENT_GONE));
        assertThat(turn.handle(new TurnEvent.ClientGone(ALICE.key()))).isEmpty();
        assertThat(turn.quotas.total()).isZero();
    }

    @Test
    void aClientThatGoesWhileItsSocketIsAwaitedLeavesNothing() {
        TurnFixture fresh = new TurnFixture();
        TurnEffect.OpenRelay open = (TurnEffect.OpenRelay)
                fresh.request(ALICE, StunMethod.ALLOCATE, new RequestedTransport(RequestedTransport.UDP))
                        .getFirst();
        assertThat(fresh.handle(new TurnEvent.ClientGone(ALICE.key()))).isEmpty();
        assertThat(fresh.handle(new TurnEvent.RelayRefused(open.relay().id()))).isEmpty();
        assertThat(fresh.quotas.total()).isZero();
        assertThat(fresh.server.allocationCount()).isZero();
    }

    @Test
    void aLostSocketEndsItsAllocation() {
        Relay relay = turn.relayOf(ALICE);
        assertThat(turn.handle(new TurnEvent.RelayLost(relay.id())))
                .containsExactly(
                        new TurnEffect.CloseRelay(relay),
                        new TurnEffect.AllocationEnded("alice", ALICE.key(), relay.relayed(), EndReason.RELAY_LOST));
        assertThat(turn.handle(new TurnEvent.RelayLost(relay.id()))).isEmpty();
    }
}
