package dev.parley.turn.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.credential.CredentialHash;
import dev.parley.ice.credential.KeyAlgorithm;
import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.credential.MintedCredential;
import dev.parley.ice.credential.Secret;
import dev.parley.ice.credential.TimeLimitedCredentials;
import dev.parley.ice.stun.attribute.Userhash;
import dev.parley.turn.core.RevokedNames;
import dev.parley.turn.core.TimeLimitedUsers;
import dev.parley.turn.core.UserDecision;
import dev.parley.turn.core.Users;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CombinedUsersTest {
    private static final String REALM = "realm";
    private static final StaticUser ANN = user("ann", KeyAlgorithm.MD5, KeyAlgorithm.SHA256);
    private static final StaticUser OLD_BEN = user("ben", KeyAlgorithm.MD5);

    private Instant now = Instant.ofEpochSecond(1_800_000_000);
    private final IssuedUsernames issued = new IssuedUsernames(REALM, 2);
    private final TimeLimitedCredentials credentials = new TimeLimitedCredentials(
            List.of(Secret.ofText("a secret of thirty-two or more bytes")),
            () -> now,
            TimeLimitedCredentials.MAX_AHEAD,
            CredentialHash.SHA256,
            issued::issued);
    private final StaticUsers listed = new StaticUsers(REALM, List.of(ANN));
    private final TimeLimitedUsers timeLimited =
            new TimeLimitedUsers(credentials, REALM, name -> true, RevokedNames.NONE, hash -> issued.find(hash, now));
    private final CombinedUsers users = new CombinedUsers(List.of(listed, timeLimited), true);

    @Test
    void everySourceHasItsUsers() {
        MintedCredential minted = credentials.mint("bench", Duration.ofMinutes(5));

        assertThat(users.find("ann", KeyAlgorithm.SHA256))
                .isEqualTo(new UserDecision.Known("ann", List.of(ANN.keys().get(KeyAlgorithm.SHA256))));
        assertThat(users.find(minted.username(), KeyAlgorithm.MD5)).isInstanceOf(UserDecision.Known.class);
        assertThat(users.find("nobody", KeyAlgorithm.MD5)).isEqualTo(new UserDecision.Unknown());
    }

    @Test
    void standingIsThatOfTheSourceWhoKnowsTheOwner() {
        MintedCredential minted = credentials.mint("bench", Duration.ofMinutes(5));
        now = now.plus(Duration.ofMinutes(5));

        assertThat(users.standing("ann", "ann")).isEqualTo(Users.Standing.GOOD);
        assertThat(users.standing(minted.username(), "bench")).isEqualTo(Users.Standing.EXPIRED);
        assertThat(users.standing("nobody", "nobody")).isEqualTo(Users.Standing.GONE);
    }

    @Test
    void whoIsTakenOutOrGetsAnotherKeyIsNamed() {
        listed.replace(List.of(ANN, OLD_BEN));
        assertThat(listed.replace(List.of(ANN, user("ben", KeyAlgorithm.SHA256))))
                .containsExactly("ben");
        assertThat(listed.replace(List.of(user("ben", KeyAlgorithm.SHA256)))).containsExactly("ann");
        assertThat(users.find("ann", KeyAlgorithm.MD5)).isEqualTo(new UserDecision.Unknown());
        assertThat(users.standing("ann", "ann")).isEqualTo(Users.Standing.GONE);
    }

    @Test
    void onlyWhatAllUsersHaveIsOffered() {
        assertThat(users.features().algorithms()).containsExactly(KeyAlgorithm.SHA256, KeyAlgorithm.MD5);
        listed.replace(List.of(ANN, OLD_BEN));
        assertThat(users.features().algorithms()).containsExactly(KeyAlgorithm.MD5);
        assertThat(users.find("ben", KeyAlgorithm.SHA256)).isEqualTo(new UserDecision.Known("ben", List.of()));
    }

    @Test
    void usersOfTheListAndNamesIssuedHereAreFoundByHash() {
        String username = credentials.mint("member:x", Duration.ofMinutes(5)).username();

        assertThat(users.findUsername(Userhash.of("ann", REALM))).isEqualTo("ann");
        assertThat(users.findUsername(Userhash.of(username, REALM))).isEqualTo(username);
        assertThat(users.findUsername(Userhash.of("1800000300:elsewhere", REALM)))
                .isNull();
        now = now.plus(Duration.ofMinutes(5));
        assertThat(users.findUsername(Userhash.of(username, REALM))).isNull();
    }

    @Test
    void twoIssuedNamesAreRememberedAndNotThree() {
        String first = credentials.mint("a", Duration.ofMinutes(5)).username();
        String second = credentials.mint("b", Duration.ofMinutes(5)).username();
        assertThat(issued.find(Userhash.of(first, REALM), now)).isEqualTo(first);
        credentials.mint("c", Duration.ofMinutes(5));
        assertThat(issued.find(Userhash.of(first, REALM), now)).isNull();
        assertThat(issued.find(Userhash.of(second, REALM), now)).isEqualTo(second);
    }

    @Test
    void anonymityIsOfferedOnlyWhereAskedForAndPossible() {
        Users unfindable = new TimeLimitedUsers(credentials, REALM, name -> true);

        assertThat(users.features().usernameAnonymity()).isTrue();
        assertThat(new CombinedUsers(List.of(listed), false).features().usernameAnonymity())
                .isFalse();
        assertThat(new CombinedUsers(List.of(listed, unfindable), true)
                        .features()
                        .usernameAnonymity())
                .isFalse();
    }

    private static StaticUser user(String name, KeyAlgorithm... algorithms) {
        Map<KeyAlgorithm, LongTermKey> keys = new EnumMap<>(KeyAlgorithm.class);
        for (KeyAlgorithm algorithm : algorithms) {
            keys.put(algorithm, LongTermKey.of(algorithm, name, REALM, "sesame"));
        }
        return new StaticUser(name, keys);
    }
}
