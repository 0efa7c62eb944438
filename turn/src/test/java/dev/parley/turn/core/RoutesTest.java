package dev.parley.turn.core;

import static dev.parley.turn.core.TurnFixture.ALICE;
import static dev.parley.turn.core.TurnFixture.BOB;
import static dev.parley.turn.core.TurnFixture.CHANNEL;
import static dev.parley.turn.core.TurnFixture.DENIED_PEER;
import static dev.parley.turn.core.TurnFixture.PEER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.DecodeResult;
import dev.parley.ice.stun.SignedLengths;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.Data;
import dev.parley.ice.stun.attribute.DontFragment;
import dev.parley.ice.stun.attribute.XorPeerAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoutesTest {
    private final TurnFixture turn = TurnFixture.withAllocation(ALICE);

    @Test
    void sendIndicationsNeedWhatTheRfcAsks() {
        turn.createPermission(ALICE, PEER);
        Data data = new Data(32, 0);
        assertThat(indication(List.of(), new XorPeerAddress(PEER), data)).isNotNull();
        assertThat(indication(List.of(), data)).isNull();
        assertThat(turn.server.lastDropReason()).isEqualTo(DropReason.BAD_INDICATION);
        assertThat(indication(List.of(), new XorPeerAddress(PEER))).isNull();
        assertThat(indication(List.of(), new XorPeerAddress(PEER), data, new DontFragment()))
                .isNull();
        assertThat(indication(List.of(0x7F01), new XorPeerAddress(PEER), data)).isNull();
        assertThat(turn.server.lastDropReason()).isEqualTo(DropReason.BAD_INDICATION);
    }

    @Test
    void sendNeedsPermissionAndTheRightFamily() {
        assertThat(turn.send(ALICE, PEER)).isNull();
        assertThat(turn.server.lastDropReason()).isEqualTo(DropReason.NO_PERMISSION);
        assertThat(turn.send(ALICE, TransportAddress.parse("[2606:4700::1111]:53")))
                .isNull();
        assertThat(turn.server.lastDropReason()).isEqualTo(DropReason.PEER_FAMILY);
    }

    @Test
    void aPermittedAddressDoesNotOpenPortZero() {
        turn.createPermission(ALICE, PEER);
        assertThat(turn.send(ALICE, PEER.withPort(0))).isNull();
        assertThat(turn.server.lastDropReason()).isEqualTo(DropReason.PEER_DENIED);
        assertThat(turn.down(ALICE, PEER.withPort(0))).isNull();
        assertThat(turn.relayOf(ALICE).routes().size()).isZero();
    }

    @Test
    void theSameRouteServesEveryPacket() {
        turn.createPermission(ALICE, PEER);
        PeerRoute route = TurnFixture.found(turn.send(ALICE, PEER));
        route.attach("socket address");
        assertThat(turn.send(ALICE, PEER)).isSameAs(route);
        assertThat(turn.down(ALICE, PEER)).isSameAs(route);
        assertThat(route.attachment()).isEqualTo("socket address");
        turn.bindChannel(ALICE, CHANNEL, PEER);
        assertThat(turn.up(ALICE, CHANNEL)).isSameAs(route);
    }

    @Test
    void familiesAreNeverMixedUp() {
        turn.createPermission(ALICE, PEER);
        assertThat(turn.server.routeFromPeer(
                        turn.relayOf(ALICE), AddressFamily.IPV6, PEER.high(), PEER.low(), PEER.port(), turn.nowNanos()))
                .isNull();
        assertThat(turn.server.findAllocation(
                        AddressFamily.IPV6,
                        0,
                        ALICE.address().low(),
                        ALICE.address().port(),
                        1))
                .isNull();
    }

    @Test
    void aScopeChangeStopsAndRestartsTheVeryNextPacket() {
        turn.bindChannel(ALICE, CHANNEL, PEER);
        turn.scope.shutOut(PEER);
        assertThat(turn.up(ALICE, CHANNEL)).isNull();
        assertThat(turn.server.lastDropReason()).isEqualTo(DropReason.PEER_DENIED);
        assertThat(turn.send(ALICE, PEER)).isNull();
        assertThat(turn.down(ALICE, PEER)).isNull();
        turn.scope.letIn(PEER);
        assertThat(turn.up(ALICE, CHANNEL)).isNotNull();
    }

    @Test
    void newPeersComeAtAPaceWithABurst() {
        turn.createPermission(ALICE, PEER);
        int burst = 8 * TurnLimits.DEFAULT.newPeersPerSecond();
        for (int i = 1; i <= burst; i++) {
            assertThat(turn.send(ALICE, PEER.withPort(i))).isNotNull();
        }
        assertThat(turn.send(ALICE, PEER.withPort(burst + 1))).isNull();
        assertThat(turn.server.lastDropReason()).isEqualTo(DropReason.PEER_LIMIT);
        assertThat(turn.relayOf(ALICE).routes().size()).isEqualTo(burst);
        turn.sleep(Duration.ofSeconds(1));
        for (int i = 1; i <= TurnLimits.DEFAULT.newPeersPerSecond(); i++) {
            assertThat(turn.send(ALICE, PEER.withPort(burst + i))).isNotNull();
        }
        assertThat(turn.send(ALICE, PEER.withPort(60000))).isNull();
    }

    @Test
    void peersAreLimitedAndTheSilentOnesGiveWay() {
        turn.createPermission(ALICE, PEER);
        int limit = fillWithContactedPeers();
        assertThat(turn.send(ALICE, PEER.withPort(60000))).isNull();
        assertThat(turn.down(ALICE, PEER.withPort(60000))).isNull();
        assertThat(turn.server.lastDropReason()).isEqualTo(DropReason.PEER_LIMIT);
        assertThat(TurnFixture.codeIn(turn.bindChannel(ALICE, CHANNEL, PEER.withPort(60000))))
                .isEqualTo(508);

        turn.sleep(Lifetimes.PEER_IDLE);
        assertThat(turn.send(ALICE, PEER.withPort(60000))).isNotNull();
        assertThat(turn.relayOf(ALICE).routes().size()).isEqualTo(limit);
    }

    @Test
    void aPeersPortSprayCannotPushOutWhomTheClientWroteTo() {
        turn.createPermission(ALICE, PEER);
        PeerRoute contacted = turn.send(ALICE, PEER);
        for (int i = 0; i < 3 * TurnLimits.DEFAULT.peers(); i++) {
            assertThat(turn.down(ALICE, PEER.withPort(10000 + i))).isNotNull();
        }
        assertThat(turn.relayOf(ALICE).routes().size()).isEqualTo(TurnLimits.DEFAULT.peers());
        assertThat(turn.send(ALICE, PEER)).isSameAs(contacted);
        assertThat(turn.send(ALICE, PEER.withPort(5))).isNotNull();
        assertThat(TurnFixture.codeIn(turn.bindChannel(ALICE, CHANNEL, PEER.withPort(6))))
                .isZero();
    }

    @Test
    void hairpinNeedsBothPermissionsAndNeverTheSocket() {
        turn.allocate(BOB);
        TransportAddress alices = turn.relayedOf(ALICE);
        TransportAddress bobs = turn.relayedOf(BOB);
        assertThat(turn.send(ALICE, bobs)).isNull();
        turn.createPermission(ALICE, bobs);
        PeerRoute route = TurnFixture.found(turn.send(ALICE, bobs));
        assertThat(route.isHairpin()).isTrue();

        assertThat(turn.server.routeFromHairpin(bobs, alices, turn.nowNanos())).isNull();
        assertThat(turn.server.lastDropReason()).isEqualTo(DropReason.NO_PERMISSION);
        turn.bindChannel(BOB, CHANNEL, alices);
        PeerRoute delivered = TurnFixture.found(turn.server.routeFromHairpin(bobs, alices, turn.nowNanos()));
        assertThat(delivered.allocation().client()).isEqualTo(BOB.key());
        assertThat(delivered.channelNumber()).isEqualTo(CHANNEL);

        assertThat(turn.down(BOB, alices)).isNull();
        assertThat(turn.server.lastDropReason()).isEqualTo(DropReason.SPOOFED_RELAY);
    }

    @Test
    void aRelayThatEndedIsNoPeerAnyMore() {
        turn.allocate(BOB);
        TransportAddress alices = turn.relayedOf(ALICE);
        TransportAddress bobs = turn.relayedOf(BOB);
        turn.createPermission(ALICE, bobs);
        assertThat(turn.send(ALICE, bobs)).isNotNull();
        turn.refresh(BOB, 0);
        assertThat(turn.server.routeFromHairpin(bobs, alices, turn.nowNanos())).isNull();
        assertThat(TurnFixture.codeIn(turn.createPermission(ALICE, bobs))).isEqualTo(403);
    }

    @Test
    void aPermissionForTheRelayAddressOpensNoOtherPortOfThisHost() {
        turn.allocate(BOB);
        turn.createPermission(ALICE, turn.relayedOf(BOB));
        assertThat(turn.send(ALICE, TurnFixture.LISTENER)).isNull();
        assertThat(turn.send(ALICE, turn.relayedOf(ALICE))).isNull();
        assertThat(turn.send(ALICE, turn.relayedOf(BOB).withPort(60000))).isNull();
        assertThat(turn.send(ALICE, DENIED_PEER)).isNull();
    }

    private int fillWithContactedPeers() {
        int limit = TurnLimits.DEFAULT.peers();
        for (int i = 1; i <= limit; i++) {
            turn.sleep(Duration.ofMillis(50));
            assertThat(turn.send(ALICE, PEER.withPort(i))).isNotNull();
        }
        return limit;
    }

    @Test
    void dontFragmentInASendIndicationNeedsASystemThatCanDoIt() {
        Attribute[] attributes = {new XorPeerAddress(PEER), new Data(0, 0), new DontFragment()};
        turn.createPermission(ALICE, PEER);
        assertThat(indication(List.of(), attributes)).isNull();
        assertThat(turn.server.lastDropReason()).isEqualTo(DropReason.BAD_INDICATION);

        TurnFixture able = TurnFixture.withDontFragment();
        able.allocate(ALICE);
        able.createPermission(ALICE, PEER);
        StunMessage message = StunMessage.indication(StunMethod.SEND, able.nextTransaction(), attributes);
        DecodeResult.Decoded decoded = new DecodeResult.Decoded(message, List.of(), SignedLengths.UNSIGNED);
        assertThat(able.server.routeFromSend(able.allocationOf(ALICE), decoded, able.nowNanos()))
                .isNotNull();
    }

    private @Nullable PeerRoute indication(List<Integer> unknown, Attribute... attributes) {
        StunMessage message = StunMessage.indication(StunMethod.SEND, turn.nextTransaction(), attributes);
        DecodeResult.Decoded decoded = new DecodeResult.Decoded(message, unknown, SignedLengths.UNSIGNED);
        return turn.server.routeFromSend(turn.allocationOf(ALICE), decoded, turn.nowNanos());
    }
}
