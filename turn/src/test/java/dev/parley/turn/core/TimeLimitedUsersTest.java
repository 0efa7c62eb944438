package dev.parley.turn.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.credential.KeyAlgorithm;
import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.credential.MemberNames;
import dev.parley.ice.credential.MintedCredential;
import dev.parley.ice.credential.Secret;
import dev.parley.ice.credential.TimeLimitedCredentials;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimeLimitedUsersTest {
    private static final Secret OLD = Secret.ofText("the old secret of thirty-two bytes or more");
    private static final Secret NEW = Secret.ofText("the new secret of thirty-two bytes or more");
    private static final String MEMBER = MemberNames.of("kq3v");

    private Instant now = TurnFixture.START;
    private final Set<String> live = new HashSet<>();
    private final TimeLimitedCredentials credentials = new TimeLimitedCredentials(List.of(NEW, OLD), () -> now);
    private final TimeLimitedUsers users = new TimeLimitedUsers(credentials, TurnFixture.REALM, live::contains);

    @Test
    void aNameFromElsewhereIsGoodUntilItsExpiry() {
        MintedCredential minted = credentials.mint("bench", Duration.ofMinutes(10));
        assertThat(users.find(minted.username(), KeyAlgorithm.MD5))
                .isInstanceOfSatisfying(UserDecision.Known.class, known -> {
                    assertThat(known.name()).isEqualTo("bench");
                    assertThat(known.keys().getFirst()).isEqualTo(key(minted));
                });
        assertThat(users.standing(minted.username(), "bench")).isEqualTo(Users.Standing.GOOD);
        now = minted.expiry();
        assertThat(users.find(minted.username(), KeyAlgorithm.MD5)).isEqualTo(new UserDecision.Expired());
        assertThat(users.standing(minted.username(), "bench")).isEqualTo(Users.Standing.EXPIRED);
    }

    @Test
    void aMemberIsGoodExactlyWhileInARoom() {
        MintedCredential minted = credentials.mint(MEMBER, Duration.ofMinutes(10));
        assertThat(users.find(minted.username(), KeyAlgorithm.MD5)).isEqualTo(new UserDecision.Gone());
        live.add(MEMBER);
        assertThat(users.find(minted.username(), KeyAlgorithm.MD5)).isInstanceOf(UserDecision.Known.class);
        now = minted.expiry();
        assertThat(users.find(minted.username(), KeyAlgorithm.MD5)).isEqualTo(new UserDecision.Expired());
        assertThat(users.standing(minted.username(), MEMBER)).isEqualTo(Users.Standing.GOOD);
        live.remove(MEMBER);
        assertThat(users.standing(minted.username(), MEMBER)).isEqualTo(Users.Standing.GONE);
    }

    @Test
    void aRevokedNameIsGoneWhateverItsExpiryAndOthersAreNot() {
        Set<String> revoked = new HashSet<>(Set.of("api:shop:ann"));
        Users some = new TimeLimitedUsers(credentials, TurnFixture.REALM, live::contains, revoked::contains, null);
        MintedCredential ann = credentials.mint("api:shop:ann", Duration.ofMinutes(10));
        MintedCredential ben = credentials.mint("api:shop:ben", Duration.ofMinutes(10));

        assertThat(some.find(ann.username(), KeyAlgorithm.MD5)).isEqualTo(new UserDecision.Gone());
        assertThat(some.standing(ann.username(), "api:shop:ann")).isEqualTo(Users.Standing.GONE);
        assertThat(some.find(ben.username(), KeyAlgorithm.MD5)).isInstanceOf(UserDecision.Known.class);
        now = ben.expiry();
        assertThat(some.standing(ann.username(), "api:shop:ann")).isEqualTo(Users.Standing.GONE);
        assertThat(some.standing(ben.username(), "api:shop:ben")).isEqualTo(Users.Standing.EXPIRED);
    }

    @Test
    void bothSecretsVerifyWhileTheyRotate() {
        MintedCredential old =
                new TimeLimitedCredentials(List.of(OLD), () -> now).mint("bench", Duration.ofMinutes(10));
        assertThat(users.find(old.username(), KeyAlgorithm.MD5))
                .isInstanceOfSatisfying(
                        UserDecision.Known.class,
                        known -> assertThat(known.keys()).hasSize(4).contains(key(old)));
    }

    @Test
    void whatIsNoTimeLimitedNameIsUnknown() {
        for (String username : List.of("", "bench", "x:bench", "99999999999999:bench", "1:", "-1:bench", "1%s\r\n")) {
            assertThat(users.find(username, KeyAlgorithm.MD5)).as(username).isEqualTo(new UserDecision.Unknown());
        }
        assertThat(users.standing("bench", "bench")).isEqualTo(Users.Standing.GONE);
    }

    private static LongTermKey key(MintedCredential minted) {
        return LongTermKey.ofPassword(minted.username(), TurnFixture.REALM, minted.password());
    }
}
