package dev.parley.signaling.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "two words",
                "\u00dcber 9000!",
                "<b>&\"'",
                "\u4e2d\u6587",
                "\uD83D\uDE00",
                "../x",
                "a+b=c",
                "\u0645\u0631\u062d\u0628\u0627"
            })
    void visibleTextIsAName(String text) {
        assertThat(NameRules.normalise(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " a",
                "a ",
                "a\tb",
                "a\nb",
                "a\u0000b",
                "a\u00a0b",
                "a\u2028b",
                "a\u200bb",
                "\u202ea",
                "a\ufeff",
                "\ue000",
                "\uD800",
                "a\uDC00",
                "\u0378",
                "\ufffe"
            })
    void whatCannotBeSeenIsNoName(String text) {
        assertThat(NameRules.normalise(text)).isNull();
    }

    @Test
    void equalLookingNamesBecomeEqual() {
        assertThat(RoomName.find("cafe\u0301"))
                .isEqualTo(RoomName.find("caf\u00e9"))
                .isNotNull();
    }

    @Test
    void overlongInputIsNotEvenNormalised() {
        assertThat(NameRules.normalise("a".repeat(NameRules.MAX_INPUT_LENGTH))).isNotNull();
        assertThat(NameRules.normalise("a".repeat(NameRules.MAX_INPUT_LENGTH + 1)))
                .isNull();
    }

    @Test
    void nameThatIsNotNormalisedCannotBeMade() {
        assertThatThrownBy(() -> new RoomName("cafe\u0301")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MemberName("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bytesAreCountedAsUtf8WritesThem() {
        String text = "a\u00e9\u4e2d\uD83D\uDE00";
        assertThat(Utf8.length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }
}
