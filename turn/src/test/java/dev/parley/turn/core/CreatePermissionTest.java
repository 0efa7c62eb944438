package dev.parley.turn.core;

import static dev.parley.turn.core.TurnFixture.ALICE;
import static dev.parley.turn.core.TurnFixture.BOB;
import static dev.parley.turn.core.TurnFixture.DENIED_PEER;
import static dev.parley.turn.core.TurnFixture.LISTENER;
import static dev.parley.turn.core.TurnFixture.OTHER_PEER;
import static dev.parley.turn.core.TurnFixture.PEER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.Cidr;
import dev.parley.ice.address.TransportAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreatePermissionTest {
    private final TurnFixture turn = TurnFixture.withAllocation(ALICE);

    @Test
    void aPermissionOpensTheAddressWhateverThePort() {
        assertThat(turn.down(ALICE, PEER)).isNull();
        assertThat(turn.server.lastDropReason()).isEqualTo(DropReason.NO_PERMISSION);

        List<TurnEffect> effects = turn.createPermission(ALICE, PEER);
        assertThat(effects).hasSize(1);
        assertThat(TurnFixture.replyIn(effects).message().attributes()).isEmpty();
        assertThat(turn.down(ALICE, PEER.withPort(7))).isNotNull();
        assertThat(turn.down(ALICE, OTHER_PEER)).isNull();
    }

    @Test
    void aPermissionDiesAtThreeHundredSecondsAndNotOneTickEarlier() {
        turn.createPermission(ALICE, PEER);
        long deathNanos = Lifetimes.PERMISSION.toNanos();
        assertThat(turn.server.nextDeadlineNanos()).isEqualTo(deathNanos);

        turn.advanceTo(deathNanos - 1);
        assertThat(turn.send(ALICE, PEER)).isNotNull();
        assertThat(turn.down(ALICE, PEER)).isNotNull();
        turn.sleep(Duration.ofNanos(1)); // even before the timer has fired
        assertThat(turn.send(ALICE, PEER)).isNull();
        assertThat(turn.down(ALICE, PEER)).isNull();
        assertThat(turn.advanceTo(deathNanos)).isEmpty();
        assertThat(turn.send(ALICE, PEER)).isNull();
        assertThat(turn.down(ALICE, PEER)).isNull();
        assertThat(turn.relayOf(ALICE).routes().size()).isZero();
    }

    @Test
    void trafficDoesNotRefreshAPermissionButARequestDoes() {
        turn.createPermission(ALICE, PEER);
        turn.advanceTo(Lifetimes.PERMISSION.toNanos() - 1);
        assertThat(turn.send(ALICE, PEER)).isNotNull();
        turn.createPermission(ALICE, PEER);
        turn.advanceTo(Lifetimes.PERMISSION.toNanos());
        assertThat(turn.send(ALICE, PEER)).isNotNull();
        assertThat(turn.server.nextDeadlineNanos()).isEqualTo(2 * Lifetimes.PERMISSION.toNanos() - 1);
    }

    @Test
    void withoutPeersItIsABadRequest() {
        assertThat(TurnFixture.codeIn(turn.createPermission(ALICE))).isEqualTo(400);
    }

    @Test
    void allPeersOrNone() {
        List<TurnEffect> effects = turn.createPermission(ALICE, PEER, DENIED_PEER);
        assertThat(effects).first().isEqualTo(new TurnEffect.Refused(ALICE.key(), RefusalReason.PEER_DENIED));
        assertThat(TurnFixture.codeIn(effects)).isEqualTo(403);
        assertThat(turn.send(ALICE, PEER)).isNull();

        assertThat(TurnFixture.codeIn(turn.createPermission(ALICE, PEER, OTHER_PEER)))
                .isZero();
        assertThat(turn.send(ALICE, PEER)).isNotNull();
        assertThat(turn.send(ALICE, OTHER_PEER)).isNotNull();
    }

    @Test
    void theOtherFamilyIsAMismatchEvenWhereItIsDeniedToo() {
        TransportAddress ipv6 = TransportAddress.parse("[2606:4700::1111]:53");
        assertThat(TurnFixture.codeIn(turn.createPermission(ALICE, PEER, ipv6))).isEqualTo(443);
        assertThat(TurnFixture.codeIn(turn.createPermission(ALICE, TransportAddress.parse("[::1]:53"))))
                .isEqualTo(443);
    }

    @Test
    void ownAddressesAreNoPeersUnlessTheyAreAnothersLiveRelay() {
        turn.allocate(BOB);
        assertRefused(turn.relayedOf(ALICE), RefusalReason.PEER_IS_SELF);
        assertRefused(LISTENER, RefusalReason.PEER_IS_OWN_ADDRESS);
        assertRefused(turn.relayedOf(ALICE).withPort(60000), RefusalReason.PEER_IS_OWN_ADDRESS);
        assertRefused(PEER.withPort(0), RefusalReason.PEER_PORT_ZERO);
        assertThat(TurnFixture.codeIn(turn.createPermission(ALICE, turn.relayedOf(BOB))))
                .isZero();
    }

    @Test
    void theScopeIsAsked() {
        turn.scope.shutOut(PEER);
        assertRefused(PEER, RefusalReason.PEER_OUT_OF_SCOPE);
    }

    @Test
    void permissionsAreLimited() {
        int limit = TurnLimits.DEFAULT.permissions();
        for (int i = 0; i < limit; i++) {
            assertThat(TurnFixture.codeIn(turn.createPermission(ALICE, peer(i))))
                    .isZero();
        }
        assertRefused(peer(limit), RefusalReason.PERMISSION_LIMIT);
        assertThat(TurnFixture.codeIn(turn.bindChannel(ALICE, TurnFixture.CHANNEL, peer(limit))))
                .isEqualTo(508);
        assertThat(TurnFixture.codeIn(turn.createPermission(ALICE, peer(0), peer(limit - 1))))
                .isZero();
        assertThat(turn.relayOf(ALICE).permissions().size()).isEqualTo(limit);
    }

    @Test
    void tightenedRulesKillOldPermissionsAndChannels() {
        turn.createPermission(ALICE, PEER);
        turn.bindChannel(ALICE, TurnFixture.CHANNEL, PEER);
        turn.bindChannel(ALICE, TurnFixture.CHANNEL + 1, OTHER_PEER);
        PeerRoute route = TurnFixture.found(turn.up(ALICE, TurnFixture.CHANNEL));

        List<TurnEffect> effects =
                turn.handle(new TurnEvent.RulesChanged(turn.rules(List.of(Cidr.parse("9.0.0.0/8")))));
        assertThat(effects).containsExactly(new TurnEffect.ChannelUnbound(route, TurnFixture.CHANNEL));
        assertThat(turn.up(ALICE, TurnFixture.CHANNEL)).isNull();
        assertThat(turn.send(ALICE, PEER)).isNull();
        assertThat(turn.down(ALICE, PEER)).isNull();
        assertThat(turn.up(ALICE, TurnFixture.CHANNEL + 1)).isNotNull();
        assertRefused(PEER, RefusalReason.PEER_DENIED);
    }

    private void assertRefused(TransportAddress peer, RefusalReason reason) {
        assertThat(turn.createPermission(ALICE, peer)).first().isEqualTo(new TurnEffect.Refused(ALICE.key(), reason));
    }

    private static TransportAddress peer(int number) {
        return TransportAddress.parse("9.9." + number / 200 + "." + number % 200 + ":1000");
    }
}
