package dev.parley.turn.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.credential.KeyAlgorithm;
import dev.parley.ice.credential.LongTermKey;
import dev.parley.turn.users.UserLines.Result.Flawed;
import dev.parley.turn.users.UserLines.Result.Read;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserLinesTest {
    private static final String REALM = "realm";
    private static final LongTermKey MD5 = LongTermKey.ofPassword("user", REALM, "pass");
    private static final LongTermKey SHA256 = LongTermKey.ofPasswordSha256("user", REALM, "pass");

    @Test
    void aPasswordGivesBothKeys() {
        assertThat(read("user:pass"))
                .containsExactly(new StaticUser("user", Map.of(KeyAlgorithm.MD5, MD5, KeyAlgorithm.SHA256, SHA256)));
    }

    @Test
    void keysStandForThePasswordTheyWereMadeFrom() {
        String md5 = "md5:" + HexFormat.of().formatHex(MD5.bytes());
        String sha256 = "sha256:" + HexFormat.of().formatHex(SHA256.bytes());

        assertThat(read("user:" + md5)).containsExactly(new StaticUser("user", Map.of(KeyAlgorithm.MD5, MD5)));
        assertThat(read("user:" + sha256)).containsExactly(new StaticUser("user", Map.of(KeyAlgorithm.SHA256, SHA256)));
        assertThat(read("user:" + sha256 + "," + md5)).isEqualTo(read("user:pass"));
    }

    @Test
    void commentsAndEmptyLinesAreNoUsers() {
        assertThat(read("# user:pass", "", "   ", "user:pass", "#")).hasSize(1);
        assertThat(read()).isEmpty();
    }

    @Test
    void aPasswordMayHoldColonsHashesAndBlanks() {
        assertThat(read("user:a:b # c ").getFirst().keys())
                .containsEntry(KeyAlgorithm.MD5, LongTermKey.ofPassword("user", REALM, "a:b # c "));
    }

    @Test
    void namesAndPasswordsArePrepared() {
        assertThat(read("Jose\u0301:caf\u00E9\u00A0x")).containsExactlyElementsOf(read("Jos\u00E9:cafe\u0301 x"));
    }

    @Test
    void everyProblemNamesItsLineAndQuotesNothing() {
        List<String> problems = problems(
                "user:pass",
                "sesame",
                ":sesame",
                "ann:",
                "user:sesame",
                "a\u0007b:sesame",
                "ben:sesa\u0000me",
                "n".repeat(509) + ":x",
                "n".repeat(508) + ":x");

        assertThat(problems).hasSize(7).noneMatch(problem -> problem.contains("sesame"));
        assertThat(problems.getFirst()).isEqualTo("line 2 has no colon between name and password");
        assertThat(problems.get(3)).isEqualTo("line 5 names a user whom an earlier line has");
        assertThat(problems.getLast()).startsWith("line 8 has a name that is empty, too long");
    }

    private static List<StaticUser> read(String... lines) {
        return UserLines.read(List.of(lines), REALM) instanceof Read(List<StaticUser> users) ? users : List.of();
    }

    private static List<String> problems(String... lines) {
        return UserLines.read(List.of(lines), REALM) instanceof Flawed(List<String> problems) ? problems : List.of();
    }
}
