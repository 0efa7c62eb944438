package dev.parley.turn.core;

import static dev.parley.turn.core.TurnFixture.ALICE;
import static dev.parley.turn.core.TurnFixture.CHANNEL;
import static dev.parley.turn.core.TurnFixture.codeIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.stun.attribute.Bytes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mobility (RFC 8016) of clients whose connections end. */
class MobilityOverConnectionsTest {
    private static final TestClient OVER_TCP =
            TestClient.over(ClientTransport.TCP, "198.51.100.7:40000", ALICE.username());
    private static final TestClient ELSEWHERE = OVER_TCP.onPort(40001);
    private static final TestClient FURTHER = OVER_TCP.onPort(40002);

    private final MobileTurn mobile = new MobileTurn();
    private final TurnFixture turn = mobile.turn;

    @Test
    void aMobileAllocationOutlivesItsConnectionUntilItsTimeIsUp() {
        mobile.allocateWithChannel(OVER_TCP);
        Allocation allocation = turn.allocationOf(OVER_TCP);
        assertThat(turn.handle(new TurnEvent.ClientGone(OVER_TCP.key())))
                .containsExactly(new TurnEffect.ClientLost(allocation), new TurnEffect.ClientLeft(OVER_TCP.key()));

        turn.advanceTo(Lifetimes.ALLOCATION_DEFAULT.toNanos() - 1);
        assertThat(turn.quotas.total()).isEqualTo(1);
        turn.advanceTo(Lifetimes.ALLOCATION_DEFAULT.toNanos());
        assertThat(turn.quotas.total()).isZero();
        assertThat(turn.server.allocationCount()).isZero();
    }

    @Test
    void nobodyWithTheSameAddressInheritsIt() {
        mobile.allocateWithChannel(OVER_TCP);
        turn.handle(new TurnEvent.ClientGone(OVER_TCP.key()));
        assertThat(turn.up(OVER_TCP, CHANNEL)).isNull();
        assertThat(codeIn(turn.refresh(OVER_TCP, 600))).isEqualTo(437);
    }

    @Test
    void aClientWithoutConnectionResumesAtOnce() {
        Bytes ticket = mobile.allocateWithChannel(OVER_TCP);
        Allocation allocation = turn.allocationOf(OVER_TCP);
        turn.handle(new TurnEvent.ClientGone(OVER_TCP.key()));

        assertThat(mobile.refresh(ELSEWHERE, ticket))
                .contains(new TurnEffect.ClientMoved(allocation, OVER_TCP.key(), ELSEWHERE.key()));
        assertThat(turn.up(ELSEWHERE, CHANNEL)).isNotNull();
    }

    @Test
    void alsoFromTheVerySameAddress() {
        Bytes ticket = mobile.allocateWithChannel(OVER_TCP);
        turn.handle(new TurnEvent.ClientGone(OVER_TCP.key()));
        assertThat(codeIn(mobile.refresh(OVER_TCP, ticket))).isZero();
        assertThat(turn.up(OVER_TCP, CHANNEL)).isNotNull();
    }

    @Test
    void theNewTicketOutlivesTheNewConnectionToo() {
        Bytes second = mobile.move(ELSEWHERE, mobile.allocateWithChannel(OVER_TCP));
        turn.handle(new TurnEvent.ClientGone(ELSEWHERE.key()));
        assertThat(turn.up(OVER_TCP, CHANNEL)).isNotNull();

        mobile.move(FURTHER, second);
        assertThat(turn.up(OVER_TCP, CHANNEL)).isNull();
        assertThat(turn.up(FURTHER, CHANNEL)).isNotNull();
    }

    @Test
    void withBothConnectionsGoneEitherTicketResumes() {
        for (int used = 0; used < 2; used++) {
            TestClient first = OVER_TCP.onPort(10 + used);
            TestClient second = OVER_TCP.onPort(20 + used);
            TestClient third = OVER_TCP.onPort(30 + used);
            Bytes before = mobile.allocateWithChannel(first);
            Bytes after = mobile.move(second, before);
            turn.handle(new TurnEvent.ClientGone(second.key()));
            turn.handle(new TurnEvent.ClientGone(first.key()));

            mobile.move(third, used == 0 ? before : after);
            assertThat(turn.up(third, CHANNEL)).isNotNull();
        }
    }

    @Test
    void whatEndsWhileNobodyIsConnectedLeavesNothing() {
        Bytes ticket = mobile.allocate(OVER_TCP);
        mobile.move(ELSEWHERE, ticket);
        turn.handle(new TurnEvent.ClientGone(ELSEWHERE.key()));
        turn.handle(new TurnEvent.ClientGone(OVER_TCP.key()));
        List<TurnEffect> ended = turn.handle(new TurnEvent.Revoked(ALICE.name()));

        assertThat(ended).noneMatch(TurnEffect.ClientLeft.class::isInstance);
        assertThat(turn.server.allocationCount()).isZero();
        turn.sleep(Duration.ofHours(1));
        assertThat(codeIn(mobile.refresh(FURTHER, ticket))).isEqualTo(437);
    }
}
