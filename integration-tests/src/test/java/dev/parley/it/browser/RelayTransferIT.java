package dev.parley.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Checkout;
import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.Credentials;
import dev.parley.it.fixture.EveryTransport;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.TestAuthority;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import dev.parley.it.wire.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 20 MB each way by relay only, in both browsers, over every transport that browsers have. */
@ResourceLock("browsers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelayTransferIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final TestAuthority authority = TestAuthority.create();
    // Leak detection would make the relay many times slower; the other tests have it.
    private final ParleyProcess parley = EveryTransport.added(ParleyProcess.loopbackPlan(), authority)
            .javaOptions("-Xmx512m")
            .start();

    @AfterAll
    void everythingEndsWell() {
        parley.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP", "TCP", "TLS"})
    @Needs(Need.BROWSER)
    void chromiumTransfersWhole(Transport transport) {
        transfer("chromium", transport);
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP", "TCP", "TLS"})
    @Needs(Need.FIREFOX)
    void firefoxTransfersWhole(Transport transport) {
        transfer("firefox", transport);
    }

    private void transfer(String browser, Transport transport) {
        InetSocketAddress address =
                Objects.requireNonNull(EveryTransport.addresses(parley).get(transport));
        Credentials credentials = Credentials.of("ann");
        var builder = new ProcessBuilder(List.of(
                "node",
                "relay/transfer.mjs",
                browser,
                parley.page().toString(),
                uri(transport, address),
                credentials.username(),
                credentials.password(),
                authority.certificate().toString(),
                authority.root().toString()));
        builder.directory(Checkout.browserFolder().toFile());
        var outcome = Command.run(PATIENCE, builder);

        System.out.print(outcome.output());
        assertThat(outcome.exitCode()).as(outcome.everything() + parley.log()).isZero();
    }

    private static String uri(Transport transport, InetSocketAddress address) {
        return switch (transport) {
            case TLS -> "turns:localhost:" + address.getPort() + "?transport=tcp";
            case TCP -> "turn:127.0.0.1:" + address.getPort() + "?transport=tcp";
            case UDP, DTLS -> "turn:127.0.0.1:" + address.getPort() + "?transport=udp";
        };
    }
}
