package dev.parley.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRulesTest {
    private static final String GOOD = "kJ8s0dPq2LzX7vT5wYb3nM6cR1fH4gAe";

    @Test
    void section5SecretsHave32CharactersAtLeast() {
        assertThat(GOOD).hasSize(SecretRules.MIN_LENGTH);
        assertThat(SecretRules.weakness(GOOD)).isNull();
        assertThat(SecretRules.weakness(GOOD.substring(1)))
                .contains("31 characters")
                .doesNotContain(GOOD.substring(1, 9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "changeme",
                "changeme-changeme-changeme-changeme",
                "CHANGEME0123456789abcdefghijklmnop",
                "00000000000000000000000000000000000000",
                "abababababababababababababababababab",
                "kJ8s0dPq2LzX7vT5wYb3nM6cR1fH4gAe with blanks",
                "your-secret-here-0123456789abcdefghij"
            })
    void section5SecretsDefaultsAndStubsAreRefused(String text) {
        assertThat(SecretRules.weakness(text)).isNotNull();
    }
}
