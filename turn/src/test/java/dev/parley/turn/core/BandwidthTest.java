package dev.parley.turn.core;

import static dev.parley.turn.core.TurnFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A share is opened with each allocation and closed with it, whatever its fate. */
class BandwidthTest {
    private final TurnFixture turn = new TurnFixture();

    @Test
    void aShareLivesAsLongAsItsAllocation() {
        turn.allocate(ALICE);
        assertThat(turn.quotas.users()).isEqualTo(1);
        turn.refresh(ALICE, 0);
        assertThat(turn.quotas.users()).isZero();

        turn.allocate(ALICE);
        turn.handle(new TurnEvent.Revoked(turn.allocationOf(ALICE).name()));
        assertThat(turn.quotas.users()).isZero();

        turn.allocate(ALICE);
        turn.advanceTo(turn.nowNanos() + Lifetimes.ALLOCATION_MAX.toNanos());
        assertThat(turn.quotas.users()).isZero();
    }

    @Test
    void anAllocationThatGetsNoSocketKeepsNoShare() {
        TurnFixture small = new TurnFixture(
                TurnLimits.DEFAULT, new PortRange(50000, 50001), new dev.parley.turn.quota.QuotaLimits(9, 9, 9), 1);
        List<TurnEffect> effects = small.request(
                ALICE,
                dev.parley.ice.stun.StunMethod.ALLOCATE,
                new dev.parley.ice.stun.attribute.RequestedTransport(17));
        while (effects.getFirst() instanceof TurnEffect.OpenRelay open) {
            assertThat(small.quotas.users()).isEqualTo(1);
            effects = small.handle(new TurnEvent.RelayRefused(open.relay().id()));
        }
        assertThat(small.quotas.users()).isZero();
    }
}
