package dev.parley.it.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Checkout;
import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.Command.Outcome;
import dev.parley.it.fixture.FreePorts;
import dev.parley.it.fixture.ParleyProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the launcher does for an operator: it starts, says so once, explains a mistake in one line, and ends on
 * request.
 */
class LauncherIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void versionIsPrintedOnOneLine() {
        Outcome outcome = parley("version");
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        assertThat(outcome.output().strip()).containsPattern("\\d+\\.\\d+").doesNotContain("\n");
    }

    @Test
    void itSaysReadyOnceAndEndsWithZeroWhenAsked() {
        try (var parley = ParleyProcess.plan().start()) {
            assertThat(parley.terminate()).isZero();
        } // Closing checks the one ready line.
    }

    @Test
    void theSecretItMakesIsReadableByItsOwnerOnly() throws IOException {
        try (var parley = ParleyProcess.plan().keepDefault("turn.secret").start()) {
            Path state = Path.of(parley.setting("state-dir"));
            try (var files = Files.walk(state)) {
                List<Path> kept = files.filter(Files::isRegularFile).toList();
                assertThat(kept).isNotEmpty();
                for (Path file : kept) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo("rw-------");
                }
            }
        }
    }

    @Test
    void aPortInUseIsExplainedInOneLine() throws IOException {
        try (var occupied = new ServerSocket()) {
            occupied.bind(new InetSocketAddress(0));
            String port = Integer.toString(occupied.getLocalPort());
            assertOneLine(serve("--set", "http.port=" + port), port);
        }
    }

    @Test
    void aBadValueIsExplainedInOneLine() {
        assertOneLine(serve("--set", "turn.port=many"), "turn.port");
    }

    @Test
    void anUnknownKeyIsExplainedInOneLine() {
        assertOneLine(serve("--set", "turn.prot=3478"), "turn.prot");
    }

    @Test
    void aMissingConfigurationFileIsExplainedInOneLine() {
        Path absent = folder.resolve("absent.yaml");
        assertOneLine(serve("--config", absent.toString()), "absent.yaml");
    }

    @Test
    void aConfigurationFileThatIsNotYamlIsExplainedInOneLine() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.yaml"), "turn: [unclosed\n");
        assertOneLine(serve("--config", broken.toString()), "broken.yaml");
    }

    @Test
    void aStateDirectoryThatIsAFileIsExplainedInOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("occupied"), "not a folder");
        assertOneLine(parley("serve", "--set", "state-dir=" + file), "occupied");
    }

    private Outcome serve(String... options) {
        List<String> words = new ArrayList<>(List.of("serve"));
        for (String key : List.of("http.port", "turn.port", "admin.port")) {
            if (String.join(" ", options).contains(key)) {
                continue;
            }
            words.addAll(List.of("--set", key + "=" + FreePorts.find()));
        }
        words.addAll(List.of("--set", "state-dir=" + folder.resolve("state")));
        words.addAll(List.of(options));
        return parley(words.toArray(String[]::new));
    }

    private static Outcome parley(String... words) {
        List<String> line = new ArrayList<>(List.of(Checkout.launcher().toString()));
        line.addAll(List.of(words));
        return Command.run(PATIENCE, line);
    }

    private static void assertOneLine(Outcome outcome, String named) {
        assertThat(outcome.exitCode()).as(outcome.everything()).isNotZero();
        assertThat(outcome.output()).doesNotContain("ready");
        assertThat(outcome.errors().strip())
                .contains(named)
                .doesNotContain("\n")
                .doesNotContain("Exception");
    }
}
