package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.SecretRules;
import dev.parley.ice.credential.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    private static final String FIRST = "kJ8s0dPq2LzX7vT5wYb3nM6cR1fH4gAe";
    private static final String SECOND = "Zk8s0dPq2LzX7vT5wYb3nM6cR1fH4gAe";

    @TempDir
    Path directory = Path.of("");

    @Test
    void theGeneratedSecretIsStrongAndOnlyItsOwnerMayReadIt() throws Exception {
        Path state = directory.resolve("a").resolve("state");

        Secret secret = new StateDirectory(state).turnSecret();

        Path file = state.resolve("turn-secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                .isEqualTo("rwx------");
        assertThat(SecretRules.weakness(Files.readString(file).strip())).isNull();
        assertThat(new StateDirectory(state).turnSecret()).isEqualTo(secret);
        try (var files = Files.list(state)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void ofManyStartsAtOnceAllGetTheSameSecret() {
        StateDirectory state = new StateDirectory(directory.resolve("state"));
        Set<String> secrets = ConcurrentHashMap.newKeySet();

        IntStream.range(0, 64).parallel().forEach(i -> secrets.add(reveal(state)));

        assertThat(secrets).hasSize(1);
    }

    @Test
    void aSecretFileGivesEveryLineTheFirstSigns() throws Exception {
        Path file = secretFile("rw-------", FIRST + "\n\n" + SECOND + "\n");

        assertThat(SecretFile.read("turn.secret-file", file))
                .containsExactly(Secret.ofText(FIRST), Secret.ofText(SECOND));
    }

    @Test
    void aSecretThatOthersMayReadIsRefused() throws Exception {
        for (String mode : List.of("rw-r-----", "rw----r--", "rw-rw-rw-", "rw--w----")) {
            Path file = secretFile(mode, FIRST);
            assertThatThrownBy(() -> SecretFile.read("turn.secret-file", file))
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("turn.secret-file: others may read")
                    .hasMessageContaining("chmod 600");
        }
    }

    @Test
    void aWeakEmptyOrMissingSecretIsRefusedWithoutQuotingIt() throws Exception {
        assertThatThrownBy(() -> SecretFile.read("turn.secret-file", secretFile("rw-------", FIRST + "\nhunter2\n")))
                .hasMessageContaining("line 2 is too short")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> SecretFile.read("turn.secret-file", secretFile("rw-------", "\n")))
                .hasMessageStartingWith("turn.secret-file: no secret in");
        assertThatThrownBy(() -> SecretFile.read("turn.secret-file", directory.resolve("none")))
                .hasMessageStartingWith("turn.secret-file: cannot read")
                .hasMessageContaining("no such file");
    }

    @Test
    void aStateDirectoryThatOthersMayWriteIsRefused() throws IOException {
        Path state = Files.createDirectory(directory.resolve("open"));
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> new StateDirectory(state).turnSecret())
                .hasMessageStartingWith("state-dir: others may write");
    }

    @Test
    void theUsualStateDirectoryFollowsTheSystemsConventions() {
        Path home = Path.of("/srv/ann");

        assertThat(StateDirectory.usual(Map.of(), "root", home)).isEqualTo(Path.of("/var/lib/parley"));
        assertThat(StateDirectory.usual(Map.of(), "ann", home)).isEqualTo(Path.of("/srv/ann/.local/state/parley"));
        assertThat(StateDirectory.usual(Map.of("XDG_STATE_HOME", "/x"), "ann", home))
                .isEqualTo(Path.of("/x/parley"));
        assertThat(StateDirectory.usual(Map.of("XDG_STATE_HOME", "x"), "ann", home))
                .isEqualTo(Path.of("/srv/ann/.local/state/parley"));
    }

    private Path secretFile(String mode, String content) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static String reveal(StateDirectory state) {
        try {
            return state.turnSecret().reveal();
        } catch (StartException e) {
            throw new AssertionError(e);
        }
    }
}
