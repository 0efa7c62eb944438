package dev.parley.signaling.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.api.KeyRates.Result.Over;
import dev.parley.signaling.api.KeyRates.Result.Taken;
import org.junit.jupiter.api.Test;

class KeyRatesTest {
    private final KeyRates rates = new KeyRates(2, () -> 7);

    @Test
    void whoAskedLongestAgoIsForgottenFirst() {
        assertThat(rates.take("a", 1, 9)).isEqualTo(Taken.TAKEN);
        assertThat(rates.take("b", 1, 9)).isEqualTo(Taken.TAKEN);
        assertThat(rates.take("a", 1, 9)).isEqualTo(new Over(ApiProblem.TOO_MANY, 60));
        assertThat(rates.take("c", 1, 9)).isEqualTo(Taken.TAKEN);
        assertThat(rates.take("a", 1, 9)).isInstanceOf(Over.class);
        assertThat(rates.take("b", 1, 9)).isEqualTo(Taken.TAKEN);
    }
}
