package dev.parley.turn.core;

import static dev.parley.turn.core.TurnFixture.ALICE;
import static dev.parley.turn.core.TurnFixture.OTHER_PEER;
import static dev.parley.turn.core.TurnFixture.PEER;
import static dev.parley.turn.core.TurnFixture.codeIn;
import static dev.parley.turn.core.TurnFixture.replyIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.stun.ChannelNumbers;
import dev.parley.ice.stun.attribute.Lifetime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Limits that a reload changes hold from the next request on. */
class LimitsChangedTest {
    private final TurnFixture turn = TurnFixture.withAllocation(ALICE);

    @Test
    void smallerLimitsRefuseWhatIsNewAndKeepWhatThereIs() {
        turn.createPermission(ALICE, PEER);
        turn.bindChannel(ALICE, 0x4000, PEER);
        change(1, 1, Duration.ofMinutes(10));

        assertThat(codeIn(turn.createPermission(ALICE, PEER))).isZero();
        assertThat(codeIn(turn.createPermission(ALICE, OTHER_PEER))).isEqualTo(508);
        assertThat(codeIn(turn.bindChannel(ALICE, 0x4000, PEER))).isZero();
        assertThat(codeIn(turn.bindChannel(ALICE, 0x4001, PEER.withPort(9)))).isEqualTo(508);

        change(2, 2, Duration.ofMinutes(10));
        assertThat(codeIn(turn.createPermission(ALICE, OTHER_PEER))).isZero();
        assertThat(codeIn(turn.bindChannel(ALICE, 0x4001, PEER.withPort(9)))).isZero();
    }

    @Test
    void aShorterLifetimeIsGrantedWithTheNextRefresh() {
        change(9, 9, Duration.ofMinutes(20));

        assertThat(replyIn(turn.refresh(ALICE, 3600)).message().find(Lifetime.class))
                .isEqualTo(new Lifetime(1200));
    }

    private void change(int permissions, int channels, Duration lifetime) {
        TurnLimits limits = new TurnLimits(
                lifetime, Duration.ofHours(24), permissions, channels, 256, 20, 10, 8, ChannelNumbers.RFC_8656);
        assertThat(turn.handle(new TurnEvent.LimitsChanged(limits))).isEmpty();
    }
}
