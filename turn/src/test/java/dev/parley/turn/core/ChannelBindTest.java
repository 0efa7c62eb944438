package dev.parley.turn.core;

import static dev.parley.turn.core.TurnFixture.ALICE;
import static dev.parley.turn.core.TurnFixture.CHANNEL;
import static dev.parley.turn.core.TurnFixture.DENIED_PEER;
import static dev.parley.turn.core.TurnFixture.OTHER_PEER;
import static dev.parley.turn.core.TurnFixture.PEER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.ChannelNumbers;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.ChannelNumber;
import dev.parley.ice.stun.attribute.XorPeerAddress;
import dev.parley.turn.quota.QuotaLimits;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelBindTest {
    private final TurnFixture turn = TurnFixture.withAllocation(ALICE);

    @Test
    void aChannelWorksBothWaysAndBringsItsPermission() {
        List<TurnEffect> effects = turn.bindChannel(ALICE, CHANNEL, PEER);
        PeerRoute route = TurnFixture.found(turn.up(ALICE, CHANNEL));
        assertThat(effects).first().isEqualTo(new TurnEffect.ChannelBound(route, CHANNEL));
        assertThat(TurnFixture.replyIn(effects).message().attributes()).isEmpty();
        assertThat(route.peer()).isEqualTo(PEER);
        assertThat(route.channelNumber()).isEqualTo(CHANNEL);
        assertThat(route.isHairpin()).isFalse();
        assertThat(turn.down(ALICE, PEER)).isSameAs(route);

        PeerRoute otherPort = TurnFixture.found(turn.down(ALICE, PEER.withPort(7)));
        assertThat(otherPort.channelNumber()).isZero();
    }

    @Test
    void theSameBindingAgainRefreshesIt() {
        turn.bindChannel(ALICE, CHANNEL, PEER);
        turn.advanceTo(Lifetimes.PERMISSION.toNanos() - 1);
        List<TurnEffect> effects = turn.bindChannel(ALICE, CHANNEL, PEER);
        assertThat(effects).hasSize(1);
        assertThat(TurnFixture.codeIn(effects)).isZero();
        turn.advanceTo(Lifetimes.PERMISSION.toNanos());
        assertThat(turn.up(ALICE, CHANNEL)).isNotNull();
    }

    @Test
    void numberAndPeerBelongToOneBindingOnly() {
        turn.bindChannel(ALICE, CHANNEL, PEER);
        turn.bindChannel(ALICE, CHANNEL + 1, OTHER_PEER);
        assertRefused(CHANNEL, OTHER_PEER, RefusalReason.CHANNEL_CONFLICT, 400);
        assertRefused(CHANNEL, PEER.withPort(7), RefusalReason.CHANNEL_CONFLICT, 400);
        assertRefused(CHANNEL + 2, PEER, RefusalReason.CHANNEL_CONFLICT, 400);
        assertThat(TurnFixture.codeIn(turn.bindChannel(ALICE, CHANNEL + 2, PEER.withPort(7))))
                .isZero();
    }

    @Test
    void numbersAreFrom4000To4FFF() {
        assertRefused(0x3FFF, PEER, RefusalReason.CHANNEL_NUMBER, 400);
        assertRefused(0x5000, PEER, RefusalReason.CHANNEL_NUMBER, 400);
        assertThat(TurnFixture.codeIn(turn.bindChannel(ALICE, 0x4FFF, PEER))).isZero();
    }

    @Test
    void theWiderNumbersOfRfc5766WorkWhereTheOperatorAdmitsThem() {
        TurnLimits byDefault = TurnLimits.DEFAULT;
        TurnLimits wide = new TurnLimits(
                byDefault.maxLifetime(),
                byDefault.maxExpiredAge(),
                byDefault.permissions(),
                byDefault.channels(),
                byDefault.peers(),
                byDefault.newPeersPerSecond(),
                byDefault.icmpPerSecond(),
                byDefault.relayAttempts(),
                ChannelNumbers.RFC_5766);
        TurnFixture old = new TurnFixture(wide, PortRange.DEFAULT, new QuotaLimits(4, 8, 10), 1);
        old.allocate(ALICE);
        assertThat(TurnFixture.codeIn(old.bindChannel(ALICE, 0x8000, PEER))).isEqualTo(400);
        assertThat(TurnFixture.codeIn(old.bindChannel(ALICE, 0x7FFF, PEER))).isZero();
        assertThat(TurnFixture.found(old.up(ALICE, 0x7FFF)).peer()).isEqualTo(PEER);
    }

    @Test
    void bothAttributesAreRequiredAndTheFirstPeerCounts() {
        assertThat(TurnFixture.codeIn(turn.request(ALICE, StunMethod.CHANNEL_BIND, new ChannelNumber(CHANNEL))))
                .isEqualTo(400);
        assertThat(TurnFixture.codeIn(turn.request(ALICE, StunMethod.CHANNEL_BIND, new XorPeerAddress(PEER))))
                .isEqualTo(400);
        turn.request(
                ALICE,
                StunMethod.CHANNEL_BIND,
                new ChannelNumber(CHANNEL),
                new XorPeerAddress(PEER),
                new XorPeerAddress(OTHER_PEER));
        PeerRoute route = TurnFixture.found(turn.up(ALICE, CHANNEL));
        assertThat(route.peer()).isEqualTo(PEER);
    }

    @Test
    void peersAreChecked() {
        assertRefused(CHANNEL, DENIED_PEER, RefusalReason.PEER_DENIED, 403);
        assertRefused(CHANNEL, PEER.withPort(0), RefusalReason.PEER_PORT_ZERO, 403);
        assertRefused(CHANNEL, turn.relayedOf(ALICE), RefusalReason.PEER_IS_SELF, 403);
        assertRefused(CHANNEL, TransportAddress.parse("[2606:4700::1111]:53"), RefusalReason.PEER_FAMILY, 443);
    }

    @Test
    void channelsAreLimited() {
        int limit = TurnLimits.DEFAULT.channels();
        for (int i = 0; i < limit; i++) {
            assertThat(TurnFixture.codeIn(turn.bindChannel(ALICE, CHANNEL + i, PEER.withPort(1 + i))))
                    .isZero();
        }
        assertRefused(CHANNEL + limit, PEER.withPort(1 + limit), RefusalReason.CHANNEL_LIMIT, 508);
        assertThat(TurnFixture.codeIn(turn.bindChannel(ALICE, CHANNEL, PEER.withPort(1))))
                .isZero();
        for (int i = 0; i < limit; i++) {
            assertThat(turn.up(ALICE, CHANNEL + i)).isNotNull();
        }
    }

    @Test
    void withoutRefreshThePermissionEndsFirstAndTheChannelAtSixHundredSeconds() {
        turn.refresh(ALICE, 3600);
        turn.bindChannel(ALICE, CHANNEL, PEER);
        PeerRoute route = TurnFixture.found(turn.up(ALICE, CHANNEL));
        turn.advanceTo(turn.server.nextDeadlineNanos());
        assertThat(turn.nowNanos()).isEqualTo(Lifetimes.PERMISSION.toNanos());
        assertThat(turn.up(ALICE, CHANNEL)).isNull();
        assertThat(turn.server.lastDropReason()).isEqualTo(DropReason.NO_PERMISSION);
        assertThat(turn.down(ALICE, PEER)).isNull();

        turn.createPermission(ALICE, PEER.withPort(1));
        assertThat(turn.up(ALICE, CHANNEL)).isSameAs(route);
        assertThat(turn.down(ALICE, PEER)).isSameAs(route);

        long deathNanos = Lifetimes.CHANNEL.toNanos();
        assertThat(turn.advanceTo(deathNanos - 1)).isEmpty();
        turn.createPermission(ALICE, PEER);
        assertThat(turn.server.nextDeadlineNanos()).isEqualTo(deathNanos);
        assertThat(turn.advanceTo(deathNanos)).containsExactly(new TurnEffect.ChannelUnbound(route, CHANNEL));
        assertThat(turn.up(ALICE, CHANNEL)).isNull();
        assertThat(turn.server.lastDropReason()).isEqualTo(DropReason.UNBOUND_CHANNEL);
        PeerRoute plain = TurnFixture.found(turn.down(ALICE, PEER));
        assertThat(plain.channelNumber()).isZero();
        assertThat(TurnFixture.codeIn(turn.bindChannel(ALICE, CHANNEL, OTHER_PEER)))
                .isZero();
    }

    @Test
    void unboundNumbersAndStrangersHaveNoRoute() {
        assertThat(turn.up(ALICE, CHANNEL)).isNull();
        assertThat(turn.server.lastDropReason()).isEqualTo(DropReason.UNBOUND_CHANNEL);
        assertThat(turn.up(TurnFixture.BOB, CHANNEL)).isNull();
    }

    private void assertRefused(int number, TransportAddress peer, RefusalReason reason, int code) {
        List<TurnEffect> effects = turn.bindChannel(ALICE, number, peer);
        assertThat(effects).first().isEqualTo(new TurnEffect.Refused(ALICE.key(), reason));
        assertThat(TurnFixture.codeIn(effects)).isEqualTo(code);
    }
}
