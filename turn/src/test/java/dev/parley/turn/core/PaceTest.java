package dev.parley.turn.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void letsABurstThroughAndThenKeepsThePace() {
        Pace pace = new Pace(20, 5, 0);
        for (int i = 0; i < 5; i++) {
            assertThat(pace.tryTake(0)).isTrue();
        }
        assertThat(pace.tryTake(0)).isFalse();
        assertThat(pace.tryTake(SECOND / 20 - 1)).isFalse();
        assertThat(pace.tryTake(SECOND / 20)).isTrue();
        assertThat(pace.tryTake(SECOND / 20)).isFalse();
    }

    @Test
    void silenceGivesNoMoreThanTheBurst() {
        Pace pace = new Pace(20, 3, 0);
        int taken = 0;
        while (pace.tryTake(100 * SECOND)) {
            taken++;
        }
        assertThat(taken).isEqualTo(3);
    }
}
