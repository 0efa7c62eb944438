package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.OAuthConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenKeysTest {
    private static final String KEY_32 = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String KEY_16 = Base64.getEncoder().encodeToString(new byte[16]);

    @TempDir
    Path directory = Path.of("set by JUnit");

    @Test
    void withoutConfigurationNoTokensAreTaken() throws StartException {
        assertThat(TokenKeys.of(new OAuthConfig(null, null))).isNull();
    }

    @Test
    void keysOfBothLengthsAreRead() throws Exception {
        Path file = file("# keys\nnorth:a256gcm:" + KEY_32 + "\n\nunion:a128gcm:" + KEY_16 + ":100:200\n");
        assertThat(TokenKeys.of(new OAuthConfig("turn.example", file))).isNotNull();
    }

    @Test
    void aWrongLineIsNamedAndNotQuoted() throws Exception {
        for (String line : List.of(
                "north:a256gcm:" + KEY_16,
                "north:a128gcm:" + KEY_32,
                "north:des:" + KEY_16,
                "north:a256gcm:====",
                ":a256gcm:" + KEY_32,
                "north:a256gcm:" + KEY_32 + ":1")) {
            Path file = file("# keys\n" + line + "\n");
            assertThatThrownBy(() -> TokenKeys.of(new OAuthConfig("turn.example", file)))
                    .as(line)
                    .hasMessageStartingWith("turn.oauth.keys-file: ")
                    .hasMessageContaining("line 2 is not kid")
                    .hasMessageNotContaining("AAAA");
        }
        Path twice = file("a:a128gcm:" + KEY_16 + "\na:a128gcm:" + KEY_16 + "\n");
        assertThatThrownBy(() -> TokenKeys.of(new OAuthConfig("turn.example", twice)))
                .hasMessageContaining("line 2 names a key that an earlier line has");
    }

    private Path file(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("keys"), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
