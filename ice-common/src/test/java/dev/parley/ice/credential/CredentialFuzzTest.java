package dev.parley.ice.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parley.ice.address.TransportAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Usernames and nonces of any kind never escape as an exception, nor count as ours. */
class CredentialFuzzTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final Secret SECRET = Secret.ofText("a secret of at least thirty-two bytes");
    private static final TransportAddress CLIENT = TransportAddress.parse("192.0.2.1:5000");

    @FuzzTest
    void usernameIsReadOrRefused(FuzzedDataProvider data) {
        String username = data.consumeRemainingAsString();
        var credentials = new TimeLimitedCredentials(List.of(SECRET), InstantSource.fixed(NOW));
        switch (credentials.verify(username)) {
            case VerifiedUsername.Valid valid -> assertThat(username).endsWith(":" + valid.name());
            case VerifiedUsername.Expired expired ->
                assertThat(expired.expiry()).isBeforeOrEqualTo(NOW);
            case VerifiedUsername.NotTimeLimited refused ->
                assertThat(refused.flaw()).isNotNull();
        }
    }

    @FuzzTest
    void nonceOfAStrangerIsForged(FuzzedDataProvider data) {
        NonceIssuer issuer = new NonceIssuer(SECRET, NonceIssuer.LIFETIME);
        String nonce = data.consumeRemainingAsString();

        assertThat(issuer.check(nonce, CLIENT, NOW)).isEqualTo(NonceState.FORGED);
    }
}
