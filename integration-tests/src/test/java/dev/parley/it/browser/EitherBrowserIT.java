package dev.parley.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Checkout;
import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.EveryTransport;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.TestAuthority;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What users do on the pages works in Chromium and in Firefox; the script prints a line for each scenario. */
@ResourceLock("browsers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EitherBrowserIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final TestAuthority authority = TestAuthority.create();
    private final ParleyProcess parley = EveryTransport.added(ParleyProcess.plan(), authority)
            .set("turn.public-host", "localhost")
            .start();

    @AfterAll
    void everythingEndsWell() {
        parley.close();
    }

    @Test
    @Needs(Need.BROWSER)
    void thePagesWorkInChromium() {
        everyScenarioPasses("chromium");
    }

    @Test
    @Needs(Need.FIREFOX)
    void thePagesWorkInFirefox() {
        everyScenarioPasses("firefox");
    }

    private void everyScenarioPasses(String browser) {
        var builder = new ProcessBuilder(
                "node",
                "either/all.mjs",
                browser,
                parley.page().toString(),
                "http://127.0.0.1:" + parley.adminPort() + "/metrics",
                authority.certificate().toString(),
                authority.root().toString());
        builder.directory(Checkout.browserFolder().toFile());
        var outcome = Command.run(PATIENCE, builder);

        System.out.print(outcome.output());
        assertThat(outcome.exitCode()).as(outcome.everything() + parley.log()).isZero();
        assertThat(outcome.output()).contains("PASS " + browser).doesNotContain("FAIL");
    }
}
