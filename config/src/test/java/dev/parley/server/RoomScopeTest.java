package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;
import dev.parley.signaling.api.ApiName;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.SessionId;
import dev.parley.turn.core.EndReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoomScopeTest {
    private static final SessionId ANN = new SessionId("ann");
    private static final SessionId BOB = new SessionId("bob");
    private static final SessionId EVE = new SessionId("eve");
    private static final String ANN_NAME = "member:ann";
    private static final String BOB_NAME = "member:bob";
    private static final RoomName GARDEN = new RoomName("garden");
    private static final RoomName CELLAR = new RoomName("cellar");
    private static final IpAddress ANN_IP = IpAddress.parse("9.9.9.1");
    private static final IpAddress BOB_IP = IpAddress.parse("9.9.9.2");
    private static final IpAddress EVE_IP = IpAddress.parse("9.9.9.3");
    private static final TransportAddress BOB_RELAY = TransportAddress.parse("8.8.8.8:50000");

    private final Map<TransportAddress, String> ownerByRelayed = new HashMap<>();
    private final List<String> revoked = new ArrayList<>();
    private final RoomScope scope = new RoomScope(ownerByRelayed::get, false);
    private final RoomWatch watch = new RoomWatch(scope, revoked::add);

    @Test
    void aMemberReachesTheRelayAndTheAddressesOfThoseInItsRoomAndNobodyElse() {
        bothInTheGarden();
        watch.entered(CELLAR, EVE, EVE_IP);
        bobAllocates(BOB_IP);

        assertThat(scope.admits(ANN_NAME, BOB_RELAY)).isTrue();
        assertThat(scope.admits(ANN_NAME, port(BOB_IP, 1))).isTrue();
        assertThat(scope.admits(ANN_NAME, port(BOB_IP, 65535))).isTrue();
        assertThat(scope.admits(ANN_NAME, port(EVE_IP, 5000))).isFalse();
        assertThat(scope.admits(ANN_NAME, port(ANN_IP, 5000))).isFalse();
        assertThat(scope.admits(ANN_NAME, TransportAddress.parse("1.1.1.1:53"))).isFalse();
        assertThat(scope.admits("member:eve", BOB_RELAY)).isFalse();
        assertThat(scope.admits("member:eve", port(BOB_IP, 5000))).isFalse();
    }

    @Test
    void whoHasACredentialForARoomReachesItsMembersAndIsReachedByThem() {
        bothInTheGarden();
        bobAllocates(BOB_IP);
        String guest = "api:shop:eve:" + ApiName.tagOf(GARDEN);
        TransportAddress relayed = TransportAddress.parse("8.8.8.8:50001");
        ownerByRelayed.put(relayed, guest);
        watch.allocationOpened(guest, port(EVE_IP, 4000), relayed);

        assertThat(scope.admits(guest, BOB_RELAY)).isTrue();
        assertThat(scope.admits(guest, port(ANN_IP, 5000))).isTrue();
        assertThat(scope.admits(ANN_NAME, relayed)).isTrue();
        assertThat(scope.admits(ANN_NAME, port(EVE_IP, 5000))).isTrue();
        assertThat(scope.admits("api:shop:ben:" + ApiName.tagOf(GARDEN), relayed))
                .isTrue();
        assertThat(scope.admits(guest, relayed)).isFalse();
        assertThat(scope.admits(guest, TransportAddress.parse("1.1.1.1:53"))).isFalse();
        assertThat(scope.admits("api:shop:eve:" + ApiName.tagOf(CELLAR), BOB_RELAY))
                .isFalse();
        assertThat(scope.admits("api:shop:eve", TransportAddress.parse("1.1.1.1:53")))
                .isTrue();

        watch.allocationEnded(guest, port(EVE_IP, 4000), relayed, EndReason.DELETED);
        assertThat(scope.admits(ANN_NAME, port(EVE_IP, 5000))).isFalse();
    }

    @Test
    void theSourceAddressOfAnAllocationCountsAsLongAsTheAllocationLives() {
        bothInTheGarden();
        IpAddress mobile = IpAddress.parse("9.9.8.8");
        bobAllocates(mobile);
        assertThat(scope.admits(ANN_NAME, port(mobile, 7))).isTrue();

        watch.allocationEnded(BOB_NAME, port(mobile, 4000), BOB_RELAY, EndReason.DELETED);
        assertThat(scope.admits(ANN_NAME, port(mobile, 7))).isFalse();
        assertThat(scope.admits(ANN_NAME, port(BOB_IP, 7))).isTrue();
    }

    @Test
    void twoSightingsOfOneAddressTakeTwoEndsToForget() {
        bothInTheGarden();
        bobAllocates(BOB_IP);
        watch.allocationEnded(BOB_NAME, port(BOB_IP, 4000), BOB_RELAY, EndReason.EXPIRED);

        assertThat(scope.admits(ANN_NAME, port(BOB_IP, 7))).isTrue();
    }

    @Test
    void membersBehindOneAddressReachEachOtherThere() {
        watch.entered(GARDEN, ANN, ANN_IP);
        watch.entered(GARDEN, BOB, ANN_IP);

        assertThat(scope.admits(ANN_NAME, port(ANN_IP, 7))).isTrue();
        watch.departed(GARDEN, BOB);
        assertThat(scope.admits(ANN_NAME, port(ANN_IP, 7))).isFalse();
    }

    @Test
    void leavingTheLastRoomRevokesAndLeavingOneOfTwoDoesNot() {
        bothInTheGarden();
        watch.entered(CELLAR, ANN, ANN_IP);

        watch.departed(GARDEN, ANN);
        assertThat(revoked).isEmpty();
        assertThat(scope.isLive(ANN_NAME)).isTrue();
        assertThat(scope.admits(ANN_NAME, port(BOB_IP, 7))).isFalse();

        watch.departed(CELLAR, ANN);
        watch.ended(ANN);
        assertThat(revoked).containsExactly(ANN_NAME);
        assertThat(scope.isLive(ANN_NAME)).isFalse();
        assertThat(scope.admits(BOB_NAME, port(ANN_IP, 7))).isFalse();
    }

    @Test
    void everyChangeThatMayChangeAnAnswerChangesTheVersion() {
        List<Long> versions = new ArrayList<>(List.of(scope.version()));
        for (Runnable change : List.<Runnable>of(
                () -> watch.entered(GARDEN, ANN, ANN_IP),
                () -> watch.entered(GARDEN, BOB, BOB_IP),
                () -> bobAllocates(EVE_IP),
                () -> watch.allocationEnded(BOB_NAME, port(EVE_IP, 4000), BOB_RELAY, EndReason.EXPIRED),
                () -> watch.entered(CELLAR, BOB, BOB_IP),
                () -> watch.departed(CELLAR, BOB),
                () -> watch.departed(GARDEN, BOB))) {
            change.run();
            versions.add(scope.version());
        }

        assertThat(versions).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void credentialsMadeElsewhereReachEverybodyAndLeaveNoTrace() {
        watch.allocationOpened("guest", port(EVE_IP, 4000), BOB_RELAY);

        assertThat(scope.admits("guest", TransportAddress.parse("1.1.1.1:53"))).isTrue();
        assertThat(scope.isEmpty()).isTrue();
    }

    @Test
    void withScopePublicMembersReachEverybodyButOnlyMembersAreLive() {
        RoomScope open = new RoomScope(ownerByRelayed::get, true);

        assertThat(open.admits(ANN_NAME, TransportAddress.parse("1.1.1.1:53"))).isTrue();
        assertThat(open.isLive(ANN_NAME)).isFalse();
    }

    @Test
    void whileDrainingNobodyLosesAnAllocationByLeaving() {
        bothInTheGarden();
        watch.drain();
        watch.departed(GARDEN, ANN);
        watch.ended(ANN);

        assertThat(revoked).isEmpty();
        assertThat(scope.isLive(ANN_NAME)).isTrue();
    }

    @Test
    void whenEverybodyHasGoneNothingIsKept() {
        bothInTheGarden();
        bobAllocates(EVE_IP);
        watch.entered(CELLAR, BOB, BOB_IP);
        watch.departed(GARDEN, ANN);
        watch.departed(GARDEN, BOB);
        watch.departed(CELLAR, BOB);
        watch.allocationEnded(BOB_NAME, port(EVE_IP, 4000), BOB_RELAY, EndReason.REVOKED);

        assertThat(scope.isEmpty()).isTrue();
    }

    private void bothInTheGarden() {
        watch.entered(GARDEN, ANN, ANN_IP);
        watch.entered(GARDEN, BOB, BOB_IP);
    }

    private void bobAllocates(IpAddress from) {
        ownerByRelayed.put(BOB_RELAY, BOB_NAME);
        watch.allocationOpened(BOB_NAME, port(from, 4000), BOB_RELAY);
    }

    private static TransportAddress port(IpAddress address, int port) {
        return TransportAddress.of(address, port);
    }
}
