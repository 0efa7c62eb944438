package dev.parley.it.ice4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.Credentials;
import dev.parley.it.fixture.JavaProgram;
import dev.parley.it.fixture.NatTopology;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ice4j, which shares no code with the relay or with any browser, gathers from it and connects through it. */
@Needs(Need.NAMESPACES)
class Ice4jIT {
    @Test
    void twoAgentsBehindASymmetricTranslatorConnectFromRelayToRelay() {
        try (var network = new NatTopology();
                var parley = ParleyProcess.plan()
                        .inside(network.server(), NatTopology.SERVER_ADDRESS)
                        .start()) {
            List<String> facts = runAgents(network, parley, Credentials.of("ann"));

            assertThat(facts).anyMatch(fact -> fact.startsWith("host " + NatTopology.ALICE_ADDRESS + " "));
            assertThat(facts).anyMatch(fact -> fact.startsWith("srflx " + NatTopology.ALICE_PUBLIC_ADDRESS + " "));
            assertThat(facts).anyMatch(fact -> fact.startsWith("relay " + NatTopology.SERVER_ADDRESS + " "));
            assertThat(facts).contains("pair relay relay");
            assertThat(facts).filteredOn("heard 100 messages"::equals).hasSize(2);
        }
    }

    private static List<String> runAgents(NatTopology network, ParleyProcess parley, Credentials credentials) {
        List<String> program = JavaProgram.words(
                RelayedAgents.class,
                parley.host(),
                Integer.toString(parley.turnPort()),
                credentials.username(),
                credentials.password());
        var outcome = Command.run(Duration.ofMinutes(1), network.alice().words(program));
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        return outcome.output().lines().toList();
    }
}
