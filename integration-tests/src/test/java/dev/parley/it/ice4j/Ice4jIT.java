package dev.parley.it.ice4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.Credentials;
import dev.parley.it.fixture.EveryTransport;
import dev.parley.it.fixture.JavaProgram;
import dev.parley.it.fixture.NatTopology;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.TestAuthority;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import dev.parley.it.wire.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * ice4j, which shares no code with the relay or with any browser, gathers from it and connects through it, over every
 * transport. Both agents are behind one symmetric translator.
 */
@Needs(Need.NAMESPACES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Ice4jIT {
    private @Nullable NatTopology network;
    private @Nullable ParleyProcess parley;

    @BeforeAll
    void everythingRuns() {
        NatTopology topology = new NatTopology();
        network = topology;
        parley = EveryTransport.added(ParleyProcess.plan(), TestAuthority.create())
                .inside(topology.server(), NatTopology.SERVER_ADDRESS)
                .start();
    }

    @AfterAll
    void everythingEndsWell() {
        try {
            Objects.requireNonNull(parley).close();
        } finally {
            Objects.requireNonNull(network).close();
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void twoAgentsConnectFromRelayToRelay(Transport transport) {
        List<String> facts = runAgents(transport, Credentials.of("ann"));

        assertThat(facts).anyMatch(fact -> fact.startsWith("host " + NatTopology.ALICE_ADDRESS + " "));
        assertThat(facts).anyMatch(fact -> fact.startsWith("srflx " + NatTopology.ALICE_PUBLIC_ADDRESS + " "));
        assertThat(facts).anyMatch(fact -> fact.startsWith("relay " + NatTopology.SERVER_ADDRESS + " "));
        assertThat(facts).contains("pair relay relay");
        assertThat(facts).filteredOn("heard 100 messages"::equals).hasSize(2);
    }

    private List<String> runAgents(Transport transport, Credentials credentials) {
        InetSocketAddress server = Objects.requireNonNull(
                EveryTransport.addresses(Objects.requireNonNull(parley)).get(transport));
        List<String> program = JavaProgram.words(
                RelayedAgents.class,
                NatTopology.SERVER_ADDRESS,
                Integer.toString(server.getPort()),
                credentials.username(),
                credentials.password(),
                transport.name(),
                NatTopology.ALICE_ADDRESS);
        var outcome = Command.run(
                Duration.ofMinutes(1), Objects.requireNonNull(network).alice().words(program));
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        return outcome.output().lines().toList();
    }
}
