package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.AuthConfig;
import dev.parley.config.Defaults;
import dev.parley.config.schema.Schema;
import dev.parley.signaling.core.Allowance;
import dev.parley.signaling.core.Identity;
import dev.parley.signaling.core.Revocations;
import dev.parley.signaling.core.TokenMark;
import dev.parley.signaling.core.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevokedTokensTest {
    @TempDir
    private Path folder = Path.of("");

    private Revocations read(String text) throws IOException, StartException {
        Path file = folder.resolve("revoked");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return RevokedTokens.of(auth(file));
    }

    private static AuthConfig auth(Path file) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(Schema.SERVER.values(Defaults.CONFIG));
        values.put("auth.revoked-file", file);
        return Schema.SERVER.build(values).auth();
    }

    private static Identity of(String user, @Nullable String id, long issued) {
        return new Identity(UserId.find(user), null, List.of(), Allowance.USUAL, null, new TokenMark(id, issued));
    }

    @Test
    void tokensUsersAndTimesAreRead() throws IOException, StartException {
        Revocations list = read("# lost laptop\n\njti=a;b=c\nsub=ann\nsub=bob the 2nd;before=1000\n");

        assertThat(list.size()).isEqualTo(3);
        assertThat(list.cover(of("cat", "a;b=c", 5))).isTrue();
        assertThat(list.cover(of("cat", "a", 5))).isFalse();
        assertThat(list.cover(of("ann", null, 5_000))).isTrue();
        assertThat(list.cover(of("bob the 2nd", null, 999))).isTrue();
        assertThat(list.cover(of("bob the 2nd", null, 1000))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "jti=", "sub=", "user=ann", "jti=x\nsub=\u0007"})
    void lineThatIsNoneIsNamed(String text) {
        int line = text.split("\n", -1).length;
        assertThatThrownBy(() -> read(text))
                .hasMessageContaining("auth.revoked-file")
                .hasMessageContaining("line " + line);
    }

    @Test
    void withoutAFileNothingIsRevoked() throws StartException {
        assertThat(RevokedTokens.of(Defaults.CONFIG.auth()).size()).isZero();
    }
}
