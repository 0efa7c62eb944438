package dev.parley.turn.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.stun.ChannelNumbers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifetimesTest {
    @Test
    void constantsAreThoseOfTheRfcs() {
        assertThat(Lifetimes.ALLOCATION_DEFAULT).hasSeconds(600);
        assertThat(Lifetimes.ALLOCATION_MAX).hasSeconds(3600);
        assertThat(Lifetimes.PERMISSION).hasSeconds(300);
        assertThat(Lifetimes.CHANNEL).hasSeconds(600);
        assertThat(Lifetimes.REMEMBERED_ANSWER).hasSeconds(40);
        assertThat(Lifetimes.NONCE).hasSeconds(600);
        assertThat(Lifetimes.PEER_IDLE).hasSeconds(60);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 600",
        "1, 600",
        "599, 600",
        "600, 600",
        "601, 601",
        "3599, 3599",
        "3600, 3600",
        "3601, 3600",
        "4294967295, 3600"
    })
    void grantsBetweenDefaultAndMaximum(long requested, long granted) {
        assertThat(Lifetimes.grantedSeconds(requested, Duration.ofHours(1))).isEqualTo(granted);
    }

    @Test
    void limitsHaveTheDocumentedDefaults() {
        assertThat(TurnLimits.DEFAULT)
                .isEqualTo(new TurnLimits(
                        Duration.ofHours(1), Duration.ofHours(24), 256, 128, 256, 20, 10, 8, ChannelNumbers.RFC_8656));
        assertThat(PortRange.DEFAULT).isEqualTo(new PortRange(49152, 65535));
    }
}
