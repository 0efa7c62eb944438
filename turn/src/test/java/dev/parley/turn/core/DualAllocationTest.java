package dev.parley.turn.core;

import static dev.parley.ice.address.AddressFamily.IPV4;
import static dev.parley.ice.address.AddressFamily.IPV6;
import static dev.parley.turn.core.TurnFixture.ALICE;
import static dev.parley.turn.core.TurnFixture.BOB;
import static dev.parley.turn.core.TurnFixture.PEER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.AdditionalAddressFamily;
import dev.parley.ice.stun.attribute.AddressErrorCode;
import dev.parley.ice.stun.attribute.EvenPort;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.RequestedAddressFamily;
import dev.parley.ice.stun.attribute.RequestedTransport;
import dev.parley.ice.stun.attribute.XorMappedAddress;
import dev.parley.ice.stun.attribute.XorRelayedAddress;
import dev.parley.turn.quota.QuotaLimits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One allocation with two relayed addresses: ADDITIONAL-ADDRESS-FAMILY, RFC 8656 sections 7.2, 8 and 10. */
class DualAllocationTest {
    private static final TransportAddress PEER_IPV6 = TransportAddress.parse("[2606:4700::1111]:53");
    private static final AdditionalAddressFamily BOTH = AdditionalAddressFamily.of(IPV6);
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);

    private final TurnFixture turn = TurnFixture.dualStack();

    @Test
    void theAnswerWaitsForBothSocketsAndNamesBothAddresses() {
        List<TurnEffect> first = turn.request(ALICE, StunMethod.ALLOCATE, UDP, BOTH);
        assertThat(first).hasSize(2).allMatch(TurnEffect.OpenRelay.class::isInstance);
        assertThat(turn.quotas.total()).isEqualTo(2);
        Relay ipv4 = ((TurnEffect.OpenRelay) first.get(0)).relay();
        Relay ipv6 = ((TurnEffect.OpenRelay) first.get(1)).relay();

        assertThat(turn.handle(new TurnEvent.RelayOpened(ipv6.id()))).isEmpty();
        assertThat(turn.server.findAllocation(ALICE.key())).isNull();
        List<TurnEffect> last = turn.handle(new TurnEvent.RelayOpened(ipv4.id()));

        assertThat(last)
                .startsWith(
                        new TurnEffect.AllocationOpened("alice", ALICE.key(), ipv4.relayed()),
                        new TurnEffect.AllocationOpened("alice", ALICE.key(), ipv6.relayed()));
        assertThat(TurnFixture.replyIn(last).message().attributes())
                .containsExactly(
                        new XorRelayedAddress(ipv4.relayed()),
                        new XorRelayedAddress(ipv6.relayed()),
                        new Lifetime(600),
                        new XorMappedAddress(ALICE.address()));
        assertThat(turn.server.relayCount()).isEqualTo(2);
        assertThat(turn.server.allocationCount()).isEqualTo(1);
        assertThat(turn.server.freePorts()).isEqualTo(198);
    }

    @Test
    void aRefusedSocketLeavesTheOtherFamilyAndSaysSo() {
        for (AddressFamily refused : List.of(IPV4, IPV6)) {
            TurnFixture fresh = TurnFixture.dualStack();
            TurnEffect.Reply reply = TurnFixture.replyIn(allocateWithout(fresh, refused));
            assertThat(reply.message().all(XorRelayedAddress.class))
                    .singleElement()
                    .matches(relayed -> relayed.address().family() != refused);
            assertThat(reply.message().find(AddressErrorCode.class)).isEqualTo(new AddressErrorCode(refused, 508, ""));
            assertThat(fresh.quotas.total()).isEqualTo(1);
            assertThat(fresh.server.freePorts()).isEqualTo(199);
        }
    }

    @Test
    void twoRefusedSocketsAreAnError() {
        TurnLimits once = withRelayAttempts(1);
        TurnFixture fresh = TurnFixture.dualStack(once, new PortRange(50000, 50009), new QuotaLimits(9, 9, 9));
        List<TurnEffect> opens = fresh.request(ALICE, StunMethod.ALLOCATE, UDP, BOTH);
        assertThat(fresh.handle(new TurnEvent.RelayRefused(relayIn(opens, 0).id())))
                .isEmpty();
        List<TurnEffect> last =
                fresh.handle(new TurnEvent.RelayRefused(relayIn(opens, 1).id()));
        assertThat(last).first().isEqualTo(new TurnEffect.Refused(ALICE.key(), RefusalReason.RELAY_REFUSED));
        assertThat(TurnFixture.codeIn(last)).isEqualTo(508);
        assertNothingLeft(fresh, 20);
    }

    @Test
    void aServerWithoutIpv4GrantsIpv6AndSaysSo() {
        TurnFixture ipv6Only = new TurnFixture(
                List.of(RelayAddress.of(TurnFixture.RELAY_IPV6)),
                TurnLimits.DEFAULT,
                new PortRange(50000, 50009),
                new QuotaLimits(9, 9, 9),
                1,
                TurnExtensions.NONE);
        TurnEffect.Reply reply = TurnFixture.replyIn(ipv6Only.allocate(ALICE, BOTH));
        assertThat(reply.message().all(XorRelayedAddress.class))
                .singleElement()
                .matches(relayed -> relayed.address().family() == IPV6);
        assertThat(reply.message().find(AddressErrorCode.class)).isEqualTo(new AddressErrorCode(IPV4, 440, ""));
        assertThat(TurnFixture.codeIn(ipv6Only.allocate(BOB))).isEqualTo(440);
    }

    @Test
    void aQuotaForOneOfTheTwoGrantsOne() {
        TurnFixture small =
                TurnFixture.dualStack(TurnLimits.DEFAULT, new PortRange(50000, 50009), new QuotaLimits(1, 9, 9));
        TurnEffect.Reply reply = TurnFixture.replyIn(small.allocate(ALICE, BOTH));
        assertThat(reply.message().find(AddressErrorCode.class)).isEqualTo(new AddressErrorCode(IPV6, 508, ""));
        assertThat(TurnFixture.codeIn(small.allocate(ALICE.onPort(1), BOTH))).isEqualTo(486);
        assertThat(small.quotas.total()).isEqualTo(1);
    }

    @Test
    void evenPortsGoWithTwoFamiliesButReservationsDoNot() {
        TurnEffect.Reply reply = TurnFixture.replyIn(turn.allocate(ALICE, BOTH, new EvenPort(false)));
        assertThat(reply.message().all(XorRelayedAddress.class))
                .hasSize(2)
                .allMatch(relayed -> relayed.address().port() % 2 == 0);
        assertThat(TurnFixture.codeIn(turn.allocate(BOB, BOTH, new EvenPort(true))))
                .isEqualTo(400);
    }

    @Test
    void peersOfBothFamiliesAreReachedThroughTheirOwnRelay() {
        turn.allocate(ALICE, BOTH);
        assertThat(TurnFixture.codeIn(turn.createPermission(ALICE, PEER, PEER_IPV6)))
                .isZero();
        assertThat(TurnFixture.found(turn.send(ALICE, PEER)).relay()).isSameAs(turn.relayOf(ALICE, IPV4));
        assertThat(TurnFixture.found(turn.send(ALICE, PEER_IPV6)).relay()).isSameAs(turn.relayOf(ALICE, IPV6));
        assertThat(turn.down(ALICE, PEER)).isNotNull();
        assertThat(turn.down(ALICE, PEER_IPV6)).isNotNull();
        assertThat(turn.server.routeFromPeer(turn.relayOf(ALICE, IPV4), PEER_IPV6, turn.nowNanos()))
                .isNull();
        assertThat(turn.server.lastDropReason()).isEqualTo(DropReason.PEER_FAMILY);
    }

    @Test
    void channelNumbersAreOfTheAllocationNotOfAFamily() {
        turn.allocate(ALICE, BOTH);
        assertThat(TurnFixture.codeIn(turn.bindChannel(ALICE, 0x4000, PEER))).isZero();
        assertThat(TurnFixture.codeIn(turn.bindChannel(ALICE, 0x4000, PEER_IPV6)))
                .isEqualTo(400);
        assertThat(TurnFixture.codeIn(turn.bindChannel(ALICE, 0x4001, PEER_IPV6)))
                .isZero();
        assertThat(TurnFixture.found(turn.up(ALICE, 0x4001)).peer()).isEqualTo(PEER_IPV6);
    }

    @Test
    void deletingOneFamilyLeavesPermissionsAndChannelsOfTheOther() {
        turn.allocate(ALICE, BOTH);
        turn.bindChannel(ALICE, 0x4000, PEER);
        turn.bindChannel(ALICE, 0x4001, PEER_IPV6);
        Relay ipv6 = turn.relayOf(ALICE, IPV6);
        PeerRoute route = TurnFixture.found(turn.up(ALICE, 0x4001));

        assertThat(refresh(IPV6, 0))
                .startsWith(
                        new TurnEffect.ChannelUnbound(route, 0x4001),
                        new TurnEffect.CloseRelay(ipv6),
                        new TurnEffect.AllocationEnded("alice", ALICE.key(), ipv6.relayed(), EndReason.DELETED));
        assertThat(turn.up(ALICE, 0x4001)).isNull();
        assertThat(turn.up(ALICE, 0x4000)).isNotNull();
        assertThat(turn.send(ALICE, PEER)).isNotNull();
        assertThat(TurnFixture.codeIn(turn.createPermission(ALICE, PEER_IPV6))).isEqualTo(443);
        assertThat(TurnFixture.codeIn(refresh(IPV6, 600))).isEqualTo(443);
        assertThat(turn.quotas.total()).isEqualTo(1);

        assertThat(TurnFixture.codeIn(refresh(IPV4, 0))).isZero();
        assertNothingLeft(turn, 200);
    }

    @Test
    void eachFamilyHasALifetimeOfItsOwn() {
        turn.allocate(ALICE, BOTH);
        turn.sleep(Duration.ofMinutes(5));
        assertThat(TurnFixture.replyIn(refresh(IPV6, 1200)).message().attributes())
                .containsExactly(new Lifetime(1200));

        List<TurnEffect> expired = turn.advanceTo(Duration.ofMinutes(10).toNanos());
        assertThat(expired)
                .filteredOn(TurnEffect.AllocationEnded.class::isInstance)
                .singleElement()
                .matches(effect -> effect instanceof TurnEffect.AllocationEnded ended
                        && ended.relayed().family() == IPV4);
        assertThat(turn.allocationOf(ALICE).relays()).containsExactly(turn.relayOf(ALICE, IPV6));
        assertThat(turn.advanceTo(Duration.ofMinutes(25).toNanos() - 1)).isEmpty();
        assertThat(turn.advanceTo(Duration.ofMinutes(25).toNanos())).hasSize(2);
        assertNothingLeft(turn, 200);
    }

    @Test
    void aRefreshWithoutFamilyIsForBoth() {
        turn.allocate(ALICE, BOTH);
        turn.sleep(Duration.ofMinutes(5));
        turn.refresh(ALICE, 1200);
        assertThat(turn.advanceTo(Duration.ofMinutes(25).toNanos() - 1)).isEmpty();
        turn.refresh(ALICE, 0);
        assertNothingLeft(turn, 200);
    }

    @Test
    void theLimitsCountBothFamiliesTogether() {
        TurnFixture small = TurnFixture.dualStack(
                new TurnLimits(
                        Lifetimes.ALLOCATION_MAX,
                        TurnLimits.DEFAULT.maxExpiredAge(),
                        2,
                        8,
                        8,
                        20,
                        10,
                        8,
                        TurnLimits.DEFAULT.channelNumbers()),
                new PortRange(50000, 50009),
                new QuotaLimits(9, 9, 9));
        small.allocate(ALICE, BOTH);
        assertThat(TurnFixture.codeIn(small.createPermission(ALICE, PEER, PEER_IPV6)))
                .isZero();
        assertThat(TurnFixture.codeIn(small.createPermission(ALICE, TurnFixture.OTHER_PEER)))
                .isEqualTo(508);
    }

    @Test
    void aSocketLostBeforeTheOtherStandsLeavesTheOther() {
        List<TurnEffect> opens = turn.request(ALICE, StunMethod.ALLOCATE, UDP, BOTH);
        Relay ipv4 = relayIn(opens, 0);
        turn.handle(new TurnEvent.RelayOpened(ipv4.id()));
        assertThat(turn.handle(new TurnEvent.RelayLost(ipv4.id()))).containsExactly(new TurnEffect.CloseRelay(ipv4));
        TurnEffect.Reply reply = TurnFixture.replyIn(
                turn.handle(new TurnEvent.RelayOpened(relayIn(opens, 1).id())));
        assertThat(reply.message().find(AddressErrorCode.class)).isEqualTo(new AddressErrorCode(IPV4, 508, ""));
    }

    @Test
    void aLostSocketEndsItsOwnFamilyOnly() {
        turn.allocate(ALICE, BOTH);
        turn.handle(new TurnEvent.RelayLost(turn.relayOf(ALICE, IPV6).id()));
        assertThat(turn.allocationOf(ALICE).relays()).containsExactly(turn.relayOf(ALICE, IPV4));
    }

    @Test
    void revocationBetweenTheTwoSocketsClosesBoth() {
        List<TurnEffect> opens = turn.request(ALICE, StunMethod.ALLOCATE, UDP, BOTH);
        Relay ipv4 = relayIn(opens, 0);
        Relay ipv6 = relayIn(opens, 1);
        turn.handle(new TurnEvent.RelayOpened(ipv4.id()));
        assertThat(turn.handle(new TurnEvent.Revoked("alice"))).containsExactly(new TurnEffect.CloseRelay(ipv4));
        assertThat(turn.handle(new TurnEvent.RelayOpened(ipv6.id()))).containsExactly(new TurnEffect.CloseRelay(ipv6));
        assertNothingLeft(turn, 200);
    }

    private List<TurnEffect> refresh(AddressFamily family, long seconds) {
        return turn.request(ALICE, StunMethod.REFRESH, RequestedAddressFamily.of(family), new Lifetime(seconds));
    }

    private static List<TurnEffect> allocateWithout(TurnFixture turn, AddressFamily refused) {
        List<TurnEffect> effects = turn.request(ALICE, StunMethod.ALLOCATE, UDP, BOTH);
        List<TurnEffect> last = List.of();
        for (TurnEffect effect : effects) {
            Relay relay = ((TurnEffect.OpenRelay) effect).relay();
            if (relay.family() == refused) {
                for (int i = 0; i < TurnLimits.DEFAULT.relayAttempts(); i++) {
                    last = turn.handle(new TurnEvent.RelayRefused(relay.id()));
                }
            } else {
                last = turn.handle(new TurnEvent.RelayOpened(relay.id()));
            }
        }
        return last;
    }

    private static Relay relayIn(List<TurnEffect> opens, int index) {
        return ((TurnEffect.OpenRelay) opens.get(index)).relay();
    }

    private static TurnLimits withRelayAttempts(int attempts) {
        TurnLimits byDefault = TurnLimits.DEFAULT;
        return new TurnLimits(
                byDefault.maxLifetime(),
                byDefault.maxExpiredAge(),
                byDefault.permissions(),
                byDefault.channels(),
                byDefault.peers(),
                byDefault.newPeersPerSecond(),
                byDefault.icmpPerSecond(),
                attempts,
                byDefault.channelNumbers());
    }

    private static void assertNothingLeft(TurnFixture turn, int ports) {
        assertThat(turn.server.allocationCount()).isZero();
        assertThat(turn.server.relayCount()).isZero();
        assertThat(turn.server.freePorts()).isEqualTo(ports);
        assertThat(turn.quotas.total()).isZero();
        assertThat(turn.server.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }
}
