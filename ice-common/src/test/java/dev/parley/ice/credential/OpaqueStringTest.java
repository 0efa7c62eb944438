package dev.parley.ice.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 8265 section 4.3, and what its section 4.2 says beyond them. */
class OpaqueStringTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery staple",
                "Correct Horse Battery Staple",
                "\u03C0\u00DF\u00E5",
                "Jack of \u2666s",
                "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9",
                "\u00AA\u2168",
                "a\"b%c*d'"
            })
    void whatIsAllowedStaysAsItIs(String text) {
        assertThat(OpaqueString.prepare(text)).isEqualTo(text);
        assertThat(OpaqueString.isPrepared(text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"foo\u1680bar, foo bar", "e\u0301, \u00E9", "\u212B, \u00C5", "a\u00A0b, a b", "a\u3000b, a b"})
    void spacesBecomeOneKindAndCharactersAreComposed(String text, String prepared) {
        assertThat(OpaqueString.prepare(text)).isEqualTo(prepared);
        assertThat(OpaqueString.isPrepared(text)).isFalse();
        assertThat(OpaqueString.isPrepared(prepared)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "my cat is a \u0009by",
                "line\r\nbreak",
                "nul\0",
                "\u007F",
                "soft\u00ADhyphen",
                "\u200Bzero",
                "\uE000",
                "\u2028",
                "\uD800",
                "\u1100",
                "\u034F",
                "\u3164",
                "\uFE0F",
                "\uFFFE"
            })
    void whatNoTextShouldHoldIsRefused(String text) {
        assertThat(OpaqueString.prepare(text)).isNull();
        assertThat(OpaqueString.isPrepared(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> OpaqueString.require(text));
    }

    @Test
    void aRefusalDoesNotQuoteWhatMayBeAPassword() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OpaqueString.require("sesame\0"))
                .withMessageNotContaining("sesame");
    }
}
