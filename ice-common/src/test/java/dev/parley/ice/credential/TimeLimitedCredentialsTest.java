package dev.parley.ice.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.parley.ice.credential.VerifiedUsername.Expired;
import dev.parley.ice.credential.VerifiedUsername.Flaw;
import dev.parley.ice.credential.VerifiedUsername.NotTimeLimited;
import dev.parley.ice.credential.VerifiedUsername.Valid;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TimeLimitedCredentialsTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final Secret OLD = Secret.ofText("an old secret of thirty-two bytes");
    private static final Secret NEW = Secret.ofText("a new secret of thirty-two letters");
    private static final TimeLimitedCredentials CREDENTIALS = at(NOW, OLD);

    private static TimeLimitedCredentials at(Instant now, Secret... secrets) {
        return new TimeLimitedCredentials(List.of(secrets), InstantSource.fixed(now));
    }

    /** The password was computed with: printf %s USERNAME | openssl dgst -sha1 -hmac SECRET -binary | base64. */
    @Test
    void section5TurnCredentialIsTheOneOtherProgramsCompute() {
        MintedCredential minted = CREDENTIALS.mint("alice", Duration.ofHours(1));

        assertThat(minted.username()).isEqualTo("1800003600:alice");
        assertThat(minted.password()).isEqualTo("77xTX+Qh7vmDWL4wNyEvF/Bnu3o=");
        assertThat(minted.expiry()).isEqualTo(NOW.plusSeconds(3600));
    }

    @Test
    void verifiedUsernameLeadsToTheMintedPassword() {
        MintedCredential minted = CREDENTIALS.mint("member:a:b", Duration.ofMinutes(10));

        assertThat(CREDENTIALS.verify(minted.username())).isInstanceOfSatisfying(Valid.class, valid -> {
            assertThat(valid.name()).isEqualTo("member:a:b");
            assertThat(valid.expiry()).isEqualTo(minted.expiry());
            assertThat(valid.passwords()).hasSize(2).startsWith(minted.password());
        });
    }

    @Test
    void section5TurnCredentialExpiresAtItsSecondAndNotBefore() {
        String username = CREDENTIALS.mint("alice", Duration.ofSeconds(60)).username();

        assertThat(at(NOW.plusSeconds(60).minusNanos(1), OLD).verify(username)).isInstanceOf(Valid.class);
        assertThat(at(NOW.plusSeconds(60), OLD).verify(username)).isInstanceOf(Expired.class);
        assertThat(at(NOW.plus(Duration.ofDays(9999)), OLD).verify(username)).isInstanceOf(Expired.class);
    }

    @Test
    void section5SecretRotationFirstSecretSignsAndAllVerify() {
        String byOld = at(NOW, OLD).mint("alice", Duration.ofHours(1)).password();
        String byNew = at(NOW, NEW).mint("alice", Duration.ofHours(1)).password();
        TimeLimitedCredentials during = at(NOW, NEW, OLD);

        MintedCredential minted = during.mint("alice", Duration.ofHours(1));
        assertThat(minted.password()).isEqualTo(byNew);
        assertThat(passwords(during, minted.username())).hasSize(4).startsWith(byNew, byOld);
        assertThat(passwords(at(NOW, NEW), minted.username())).contains(byNew).doesNotContain(byOld);
    }

    /** The password was computed as above, with -sha256. */
    @Test
    void bothHashesAreAcceptedWhicheverIsMinted() {
        TimeLimitedCredentials strong = new TimeLimitedCredentials(
                List.of(OLD), InstantSource.fixed(NOW), TimeLimitedCredentials.MAX_AHEAD, CredentialHash.SHA256);
        MintedCredential minted = strong.mint("alice", Duration.ofHours(1));

        assertThat(minted.password()).isEqualTo("pXj5sQfVeutlaXDITPBHj9a0+fwv8zRk5QAE08rvxjE=");
        assertThat(passwords(strong, minted.username()))
                .containsExactly("pXj5sQfVeutlaXDITPBHj9a0+fwv8zRk5QAE08rvxjE=", "77xTX+Qh7vmDWL4wNyEvF/Bnu3o=");
        assertThat(passwords(CREDENTIALS, minted.username()))
                .containsExactly("77xTX+Qh7vmDWL4wNyEvF/Bnu3o=", "pXj5sQfVeutlaXDITPBHj9a0+fwv8zRk5QAE08rvxjE=");
    }

    @Test
    void credentialsOfDifferentNamesOrSecondsDiffer() {
        assertThat(CREDENTIALS.mint("alice", Duration.ofHours(1)).password())
                .isNotEqualTo(CREDENTIALS.mint("bob", Duration.ofHours(1)).password())
                .isNotEqualTo(
                        CREDENTIALS.mint("alice", Duration.ofSeconds(3599)).password());
    }

    @Test
    void section5TurnCredentialExpiryMayBeADayAheadAndNoSecondMore() {
        long latest = NOW.plus(Duration.ofHours(24)).getEpochSecond();

        assertThat(CREDENTIALS.verify(latest + ":alice")).isInstanceOf(Valid.class);
        assertThat(CREDENTIALS.verify(latest + 1 + ":alice")).isEqualTo(new NotTimeLimited(Flaw.EXPIRY_TOO_FAR_AHEAD));
    }

    static Stream<Arguments> flawedUsernames() {
        return Stream.of(
                arguments("", Flaw.NO_SEPARATOR),
                arguments("alice", Flaw.NO_SEPARATOR),
                arguments("1800003600", Flaw.NO_SEPARATOR),
                arguments(":alice", Flaw.EXPIRY_NOT_DIGITS),
                arguments("-1:alice", Flaw.EXPIRY_NOT_DIGITS),
                arguments("+1800003600:alice", Flaw.EXPIRY_NOT_DIGITS),
                arguments(" 1800003600:alice", Flaw.EXPIRY_NOT_DIGITS),
                arguments("1800003600 :alice", Flaw.EXPIRY_NOT_DIGITS),
                arguments("1800003600.0:alice", Flaw.EXPIRY_NOT_DIGITS),
                arguments("0x6B49D200:alice", Flaw.EXPIRY_NOT_DIGITS),
                arguments("1e9:alice", Flaw.EXPIRY_NOT_DIGITS),
                arguments("\u0661\u0668\u0660\u0660\u0660\u0660\u0663\u0666\u0660\u0660:alice", Flaw.EXPIRY_NOT_DIGITS),
                arguments("alice:1800003600", Flaw.EXPIRY_NOT_DIGITS),
                arguments("1800003600:", Flaw.NO_NAME),
                arguments("18446744075509555216:alice", Flaw.EXPIRY_OUT_OF_RANGE), // 2^64 + a good expiry
                arguments("9223372036854775808:alice", Flaw.EXPIRY_OUT_OF_RANGE),
                arguments("9".repeat(500) + ":alice", Flaw.EXPIRY_OUT_OF_RANGE),
                arguments("999999999999:alice", Flaw.EXPIRY_TOO_FAR_AHEAD),
                arguments("6094970896:alice", Flaw.EXPIRY_TOO_FAR_AHEAD)); // 2^32 + a good expiry
    }

    @ParameterizedTest
    @MethodSource("flawedUsernames")
    void section5TurnCredentialAnythingElseIsNotTimeLimited(String username, Flaw flaw) {
        assertThat(CREDENTIALS.verify(username)).isEqualTo(new NotTimeLimited(flaw));
    }

    @Test
    void mintRefusesLifetimesOutOfRangeAndNamelessCredentials() {
        assertThatIllegalArgumentException().isThrownBy(() -> CREDENTIALS.mint("alice", Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> CREDENTIALS.mint("alice", Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> CREDENTIALS.mint("alice", Duration.ofSeconds(86_401)));
        assertThatIllegalArgumentException().isThrownBy(() -> CREDENTIALS.mint("", Duration.ofHours(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeLimitedCredentials(List.of(), InstantSource.fixed(NOW)));
        assertThat(TimeLimitedCredentials.MAX_AHEAD).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void section5SecretsNothingPrintsAPassword() {
        MintedCredential minted = CREDENTIALS.mint("alice", Duration.ofHours(1));

        assertThat(minted.toString()).contains("1800003600:alice").doesNotContain(minted.password());
        assertThat(CREDENTIALS.verify(minted.username()).toString())
                .contains("alice")
                .doesNotContain(minted.password());
        assertThat(CREDENTIALS.verify("1:alice").toString()).contains("alice", "***");
    }

    private static List<String> passwords(TimeLimitedCredentials credentials, String username) {
        return switch (credentials.verify(username)) {
            case Valid valid -> valid.passwords();
            case Expired expired -> expired.passwords();
            case NotTimeLimited _ -> List.of();
        };
    }
}
