package dev.parley.it.coturn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.Command.Outcome;
import dev.parley.it.fixture.FreePorts;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.RunningProgram;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The turnutils_uclient of coturn makes its own access tokens (RFC 7635) with three keys it was built with. It takes a
 * new one for every allocation, so a reserved port of one is nothing for the next: -c does without.
 */
@Needs(Need.COTURN_TOOLS)
class OAuthIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path directory = Path.of("set by JUnit");

    @Test
    void tokensOfUclientAreTaken() throws IOException {
        int peerPort = FreePorts.find();
        try (ParleyProcess parley = ParleyProcess.loopbackPlan()
                        .set("turn.oauth.server-name", "turn.example")
                        .set("turn.oauth.keys-file", keysOfUclient())
                        .set("turn.limits.channel-numbers", "rfc-5766")
                        .start();
                RunningProgram peer = RunningProgram.start(
                        List.of("turnutils_peer", "-L", "127.0.0.1", "-p", Integer.toString(peerPort)))) {
            assertThat(peer.isAlive()).isTrue();
            Outcome outcome = Command.run(
                    PATIENCE,
                    List.of(
                            "turnutils_uclient",
                            "-J",
                            "-c",
                            "-m",
                            "4",
                            "-n",
                            "20",
                            "-e",
                            "127.0.0.1",
                            "-r",
                            Integer.toString(peerPort),
                            "-p",
                            Integer.toString(parley.turnPort()),
                            "127.0.0.1"));
            assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
            assertThat(outcome.everything()).contains("Total lost packets 0 (0.000000%)");
        }
    }

    /** As far as AES takes them; the tool's texts go on. */
    private Path keysOfUclient() throws IOException {
        String north = "01234567890123456789012345678901";
        String union = "1234567890123456";
        String empire = "12345678901234567890123456789012";
        Path file = Files.writeString(
                directory.resolve("keys"),
                "north:a256gcm:" + base64(north) + "\nunion:a128gcm:" + base64(union) + "\noldempire:a256gcm:"
                        + base64(empire) + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
