package dev.parley.ice.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.ice.address.TransportAddress;
import dev.parley.testing.SeededGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NonceIssuerTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final TransportAddress CLIENT = TransportAddress.parse("192.0.2.1:5000");
    private static final Secret OLD = Secret.ofText("an old secret of thirty-two bytes");
    private static final Secret NEW = Secret.ofText("a new secret of thirty-two letters");
    private static final SecurityFeatures ALGORITHMS =
            SecurityFeatures.of(List.of(KeyAlgorithm.SHA256, KeyAlgorithm.MD5), false);
    private static final SecurityFeatures BOTH = SecurityFeatures.of(ALGORITHMS.algorithms(), true);
    private final NonceIssuer issuer = new NonceIssuer(OLD, NonceIssuer.LIFETIME);

    @Test
    void nonceIsSixteenLettersThatNeedNoEscape() {
        assertThat(issuer.issue(CLIENT, NOW)).matches("[A-Za-z0-9_-]{16}");
    }

    @Test
    void section5NonceLivesTenMinutesAndNotATickLonger() {
        String nonce = issuer.issue(CLIENT, NOW);

        assertThat(NonceIssuer.LIFETIME).isEqualTo(Duration.ofMinutes(10));
        assertThat(issuer.check(nonce, CLIENT, NOW)).isEqualTo(NonceState.VALID);
        assertThat(issuer.check(nonce, CLIENT, NOW.plusSeconds(600).minusNanos(1)))
                .isEqualTo(NonceState.VALID);
        assertThat(issuer.check(nonce, CLIENT, NOW.plusSeconds(600))).isEqualTo(NonceState.STALE);
        assertThat(issuer.check(nonce, CLIENT, NOW.plusSeconds(65_530))).isEqualTo(NonceState.STALE);
    }

    @Test
    void nonceNeverComesBackToLife() {
        String nonce = issuer.issue(CLIENT, NOW);

        for (long rounds = 1; rounds <= 1000; rounds++) {
            assertThat(issuer.check(nonce, CLIENT, NOW.plusSeconds(rounds * 65_536)))
                    .isEqualTo(NonceState.FORGED);
        }
    }

    @Test
    void section5NonceClockOfAnotherNodeMayBeFiveSecondsAhead() {
        String nonce = issuer.issue(CLIENT, NOW);

        assertThat(NonceIssuer.FUTURE_SKEW).isEqualTo(Duration.ofSeconds(5));
        assertThat(issuer.check(nonce, CLIENT, NOW.minusSeconds(5))).isEqualTo(NonceState.VALID);
        assertThat(issuer.check(nonce, CLIENT, NOW.minusSeconds(6))).isEqualTo(NonceState.FORGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.2:5000", "192.0.2.1:5001", "[::ffff:c000:201]:5000", "[::c000:201]:5000"})
    void nonceIsWorthlessFromAnotherAddress(String thief) {
        String nonce = issuer.issue(CLIENT, NOW);

        assertThat(issuer.check(nonce, TransportAddress.parse(thief), NOW)).isEqualTo(NonceState.FORGED);
    }

    @Test
    void tenThousandNoncesOfOneClientInOneInstantAllDiffer() {
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            nonces.add(issuer.issue(CLIENT, NOW));
        }

        assertThat(nonces).hasSize(10_000).allMatch(nonce -> issuer.check(nonce, CLIENT, NOW) == NonceState.VALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "AAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAA=",
                "AAAAAAAAAAAAAAA+",
                "AAAAAAA AAAAAAAA",
                "\u00e4AAAAAAAAAAAAAAA",
                "obMatJos2AAAAAAA"
            })
    void anythingElseIsForged(String nonce) {
        assertThat(issuer.check(nonce, CLIENT, NOW)).isEqualTo(NonceState.FORGED);
    }

    @Test
    void oneChangedLetterIsAForgery() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        SeededGenerator.forAll(1000, generator -> {
            StringBuilder nonce = new StringBuilder(issuer.issue(CLIENT, NOW));
            int at = generator.below(nonce.length());
            char letter = alphabet.charAt(generator.below(alphabet.length()));
            if (nonce.charAt(at) != letter) {
                nonce.setCharAt(at, letter);
                assertThat(issuer.check(nonce.toString(), CLIENT, NOW)).isEqualTo(NonceState.FORGED);
            }
        });
    }

    @Test
    void section5SecretRotationOfNonces() {
        NonceIssuer during = new NonceIssuer(List.of(NEW, OLD), NonceIssuer.LIFETIME);
        NonceIssuer after = new NonceIssuer(NEW, NonceIssuer.LIFETIME);

        assertThat(during.check(issuer.issue(CLIENT, NOW), CLIENT, NOW)).isEqualTo(NonceState.VALID);
        assertThat(after.check(during.issue(CLIENT, NOW), CLIENT, NOW)).isEqualTo(NonceState.VALID);
        assertThat(after.check(issuer.issue(CLIENT, NOW), CLIENT, NOW)).isEqualTo(NonceState.FORGED);
    }

    @Test
    void lifetimeOutOfRangeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new NonceIssuer(OLD, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new NonceIssuer(OLD, Duration.ofDays(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new NonceIssuer(List.of(), NonceIssuer.LIFETIME));
    }

    @Test
    void anAnnouncingNonceBeginsWithTheCookieAndItsFeatures() {
        assertThat(issuer.issue(CLIENT, NOW, BOTH)).matches("obMatJos2AAAD[A-Za-z0-9_-]{16}");
        assertThat(issuer.issue(CLIENT, NOW, ALGORITHMS)).startsWith("obMatJos2AAAB");
        assertThat(issuer.issue(CLIENT, NOW, SecurityFeatures.of(List.of(), true)))
                .startsWith("obMatJos2AAAC");
        assertThat(issuer.issue(CLIENT, NOW, SecurityFeatures.of(List.of(), false)))
                .startsWith("obMatJos2AAAA");
    }

    @Test
    void featuresCannotBeTakenBackOrAdded() {
        String announcing = issuer.issue(CLIENT, NOW, BOTH);
        String plain = issuer.issue(CLIENT, NOW);

        assertThat(issuer.check(announcing, CLIENT, NOW, BOTH)).isEqualTo(NonceState.VALID);
        assertThat(issuer.check(plain, CLIENT, NOW, BOTH)).isEqualTo(NonceState.VALID);
        for (String changed : List.of(
                announcing.substring(13),
                announcing.replace("AAAD", "AAAB"),
                announcing.replace("AAAD", "AAAA"),
                "obMatJos2AAAD" + plain,
                "obMatJos2AAAA" + plain)) {
            assertThat(issuer.check(changed, CLIENT, NOW, BOTH)).as(changed).isEqualTo(NonceState.FORGED);
        }
    }

    @Test
    void aNonceDiesWithTheOfferItWasMadeFor() {
        String nonce = issuer.issue(CLIENT, NOW, ALGORITHMS);
        SecurityFeatures turned = SecurityFeatures.of(List.of(KeyAlgorithm.MD5, KeyAlgorithm.SHA256), false);

        assertThat(issuer.check(nonce, CLIENT, NOW, ALGORITHMS)).isEqualTo(NonceState.VALID);
        assertThat(issuer.check(nonce, CLIENT, NOW, turned)).isEqualTo(NonceState.FORGED);
        assertThat(issuer.check(nonce, CLIENT, NOW)).isEqualTo(NonceState.FORGED);
    }
}
