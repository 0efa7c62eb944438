package dev.parley.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Checkout;
import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.NatTopology;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Two browsers in private networks, each behind its own symmetric translator, meet on the demo page of a server that
 * runs with its default policy. The packet counters of the routers, not the page alone, say which way the file went.
 */
@ResourceLock("browsers")
@Needs({Need.NAMESPACES, Need.BROWSER})
class BrowsersBehindNatsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int FILE_BYTES = 20_000_000;

    @Test
    void aLargeFileArrivesOverTheRelayAndNoPacketPassesDirectly() {
        try (var network = new NatTopology();
                var parley = ParleyProcess.plan()
                        .inside(network.server(), NatTopology.SERVER_ADDRESS)
                        .javaOptions("-Xmx512m") // leak detection would make the relay many times slower
                        .start()) {
            var builder = new ProcessBuilder(
                    "node",
                    "nat.mjs",
                    parley.page().toString(),
                    network.alice().name(),
                    network.bob().name(),
                    Integer.toString(FILE_BYTES));
            builder.directory(Checkout.browserFolder().toFile());
            var outcome = Command.run(PATIENCE, builder);

            System.out.print(outcome.output());
            assertThat(outcome.exitCode())
                    .as(outcome.everything() + parley.log())
                    .isZero();
            assertThat(outcome.output()).startsWith("PASS");
            assertThat(network.directDeliveries()).as("packets past the relay").isZero();
            assertThat(network.directAttempts())
                    .as("the browsers tried to go past the relay")
                    .isPositive();
            assertThat(network.bytesFromServer()).isGreaterThan(FILE_BYTES);
        }
    }
}
