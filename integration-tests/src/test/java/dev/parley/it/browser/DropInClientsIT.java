package dev.parley.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Checkout;
import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.Credentials;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients made for other servers, in Chromium, each by any path and by nothing but this server's relay. */
@ResourceLock("browsers")
@Needs(Need.BROWSER)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DropInClientsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Trystero opens twenty connections ahead, each with an allocation. */
    private final ParleyProcess parley =
            ParleyProcess.loopbackPlan().set("turn.quota.per-user", 100).start();

    @AfterAll
    void everythingEndsWell() {
        parley.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"peerjs-call.mjs", "y-webrtc.mjs", "trystero.mjs", "tracker.mjs"})
    void theClientWorksByEveryPath(String script) {
        Credentials credentials = Credentials.of(script);
        var builder = new ProcessBuilder(List.of(
                "node",
                "clients/" + script,
                parley.page().toString(),
                "turn:127.0.0.1:" + parley.turnPort() + "?transport=udp",
                credentials.username(),
                credentials.password()));
        builder.directory(Checkout.browserFolder().toFile());
        var outcome = Command.run(PATIENCE, builder);

        System.out.print(outcome.output());
        assertThat(outcome.exitCode()).as(outcome.everything() + parley.log()).isZero();
        assertThat(outcome.output()).startsWith("PASS");
    }
}
