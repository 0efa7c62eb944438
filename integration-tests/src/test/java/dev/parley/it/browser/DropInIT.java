package dev.parley.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Checkout;
import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The drop-in endpoints beside the stock servers, and with the clients that need no browser. */
@Needs(Need.NODE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DropInIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ParleyProcess parley = ParleyProcess.plan().start();

    @AfterAll
    void everythingEndsWell() {
        parley.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"peerjs-frames.mjs", "topics-frames.mjs", "tracker-frames.mjs"})
    void theScriptPasses(String script) {
        var builder =
                new ProcessBuilder("node", "drop-in/" + script, parley.page().toString());
        builder.directory(Checkout.browserFolder().toFile());
        var outcome = Command.run(PATIENCE, builder);

        System.out.print(outcome.output());
        assertThat(outcome.exitCode()).as(outcome.everything() + parley.log()).isZero();
        assertThat(outcome.output()).contains("PASS");
    }
}
