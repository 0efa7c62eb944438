package dev.parley.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Checkout;
import dev.parley.it.fixture.Command;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The browser client's pure parts hold their own tests, which need no browser. */
@Needs(Need.NODE)
class ClientLogicIT {
    @Test
    void theUnitTestsOfTheClientPass() {
        var builder = new ProcessBuilder("npm", "test", "--silent");
        builder.directory(Checkout.browserFolder().toFile());
        var outcome = Command.run(Duration.ofMinutes(1), builder);
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        assertThat(outcome.output()).containsPattern("(?m)^# fail 0$|^ℹ fail 0$");
    }
}
