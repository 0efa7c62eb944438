package dev.parley.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Checkout;
import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.NatTopology;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Somebody whose router lets no UDP out is told so by the page, and that TCP will do. */
@ResourceLock("browsers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Needs({Need.NAMESPACES, Need.BROWSER, Need.FIREFOX})
class NetworkWithoutUdpIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final NatTopology network = new NatTopology();
    private final ParleyProcess parley = ParleyProcess.plan()
            .inside(network.server(), NatTopology.SERVER_ADDRESS)
            .start();

    NetworkWithoutUdpIT() {
        // Dropped on the way in, so that the browser's own network looks as it always does.
        network.server().filter("""
            table ip firewall {
                chain input {
                    type filter hook input priority 0; policy accept;
                    meta l4proto udp drop
                }
            }\
            """);
    }

    @AfterAll
    void everythingEndsWell() {
        parley.close();
        network.close();
    }

    @Test
    void thePageSaysThatOnlyTcpGetsThrough() {
        var builder = new ProcessBuilder(network.alice()
                .words("node", "either/network-blocked.mjs", parley.page().toString(), "chromium", "firefox"));
        builder.directory(Checkout.browserFolder().toFile());
        var outcome = Command.run(PATIENCE, builder);

        System.out.print(outcome.output());
        assertThat(outcome.exitCode()).as(outcome.everything() + parley.log()).isZero();
        assertThat(outcome.output()).contains("PASS chromium", "PASS firefox");
    }
}
