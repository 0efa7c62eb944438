package dev.parley.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Checkout;
import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.Credentials;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.TurnClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A configuration that would protect less than its author thinks does not start, and the log keeps secrets. */
class OperatorMistakesIT {
    private static final int USAGE = 2;

    @TempDir
    private Path folder = Path.of("");

    /** Elsewhere a malformed range was left out without a word, or a port of 65536 read as 0. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "turn: {peers: {deny: [10.0.0.0/8, 192.168.0.0/33]}} | turn.peers.deny",
                "turn: {peers: {deny: [10.0.0.0-10.255.255.255]}} | turn.peers.deny",
                "turn: {peers: {allow: [10.0.0.1/8]}} | turn.peers.allow",
                "turn: {peers: {deny: [fd00::/8/]}} | turn.peers.deny",
                "turn: {port: 65536} | turn.port",
                "turn: {peers: {deny-ports: 0}} | turn.peers.deny-ports"
            })
    void row32And33AMalformedRangeOrPortStopsTheStartWithItsLine(String yaml, String key) throws IOException {
        Path file = Files.writeString(folder.resolve("parley.yaml"), "# the first line\n" + yaml + "\n");
        Command.Outcome outcome = Command.run(
                Duration.ofSeconds(30), List.of(Checkout.launcher().toString(), "serve", "--config", file.toString()));

        assertThat(outcome.exitCode()).as(outcome.everything()).isEqualTo(USAGE);
        assertThat(outcome.everything()).contains(file + " line 2: " + key).doesNotContain("ready");
    }

    @Test
    void row32NoSecretIsInTheLogOfAServerThatLogsEverything() {
        Credentials ann = Credentials.of("ann");
        try (ParleyProcess parley =
                ParleyProcess.loopbackPlan().set("log.level", "debug").start()) {
            try (TurnClient good = new TurnClient(parley.turnAddress(), ann);
                    TurnClient bad = new TurnClient(
                            parley.turnAddress(), new Credentials(ann.username(), "a wrong password of ann"))) {
                good.allocate();
                assertThat(bad.tryAllocate().code()).isEqualTo(401);
            }
            // The answer may be here before the line is.
            Awaitility.await().until(() -> parley.log().contains("refused wrong-integrity for 127.0.0.0/24"));
            assertThat(parley.log())
                    .doesNotContain(ParleyProcess.SECRET)
                    .doesNotContain(ann.password())
                    .doesNotContain("a wrong password");
        }
    }
}
