package dev.parley.ice.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class SecretTest {
    private static final String TEXT = "0123456789abcdef0123456789abcdef";

    @Test
    void shortSecretIsRefusedWithoutBeingNamed() {
        assertThat(Secret.MIN_BYTES).isEqualTo(32);
        assertThat(Secret.ofText(TEXT).reveal()).isEqualTo(TEXT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secret.ofText(TEXT.substring(1)))
                .withMessage("a secret has at least 32 bytes, this one has 31");
    }

    @Test
    void lengthCountsInBytes() {
        assertThat(Secret.ofText("\u00e4".repeat(16)).reveal()).hasSize(16);
    }

    @Test
    void generatedSecretsDifferAndCanBeReadBack() {
        Secret secret = Secret.generate(new SecureRandom());

        assertThat(secret.reveal()).matches("[A-Za-z0-9_-]{43}");
        assertThat(Secret.ofText(secret.reveal())).isEqualTo(secret).hasSameHashCodeAs(secret);
        assertThat(Secret.generate(new SecureRandom())).isNotEqualTo(secret);
    }

    @Test
    void secretPrintsStars() {
        assertThat(Secret.ofText(TEXT)).hasToString("Secret[***]");
        assertThat(LongTermKey.ofPassword("user", "realm", "password")).hasToString("LongTermKey[***]");
    }
}
