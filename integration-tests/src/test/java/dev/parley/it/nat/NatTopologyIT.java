package dev.parley.it.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.JavaProgram;
import dev.parley.it.fixture.Namespaces.Namespace;
import dev.parley.it.fixture.NatTopology;
import dev.parley.it.fixture.RunningProgram;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The translators of the test network are what the tests that use them say they are. */
@Needs(Need.NAMESPACES)
class NatTopologyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void bothRoutersTranslateSymmetricallyAndLetNothingInUnasked() {
        try (var network = new NatTopology();
                var echo = echo(
                        network.server(),
                        NatTopology.SERVER_ADDRESS,
                        "7001",
                        NatTopology.SERVER_ADDRESS,
                        "7002",
                        NatTopology.SECOND_SERVER_ADDRESS,
                        "7001")) {
            assertThat(echo.output()).contains("listening");
            for (Namespace client : List.of(network.alice(), network.bob())) {
                List<String> seen = probe(
                        client,
                        NatTopology.SERVER_ADDRESS,
                        "7001",
                        NatTopology.SERVER_ADDRESS,
                        "7002",
                        NatTopology.SECOND_SERVER_ADDRESS,
                        "7001",
                        NatTopology.SERVER_ADDRESS,
                        "7001");
                assertThat(seen).noneMatch("silent"::equals);
                assertThat(new HashSet<>(seen.subList(0, 3)))
                        .as("one mapping a destination")
                        .hasSize(3);
                assertThat(seen.get(3))
                        .as("the mapping of one destination lasts")
                        .isEqualTo(seen.getFirst());
            }
        }
    }

    @Test
    void clientsReachEachOtherNeitherByPrivateNorByPublicAddress() {
        try (var network = new NatTopology();
                var echo = echo(network.bob(), NatTopology.BOB_ADDRESS, "7001")) {
            assertThat(echo.output()).contains("listening");
            assertThat(probe(network.bob(), NatTopology.BOB_ADDRESS, "7001")).noneMatch("silent"::equals);
            assertThat(probe(network.alice(), NatTopology.BOB_ADDRESS, "7001", NatTopology.BOB_PUBLIC_ADDRESS, "7001"))
                    .containsOnly("silent");
            assertThat(network.directAttempts()).isPositive();
            assertThat(network.directDeliveries()).isZero();
        }
    }

    private static RunningProgram echo(Namespace namespace, String... sockets) {
        var echo = RunningProgram.start(namespace.words(JavaProgram.words(AddressEcho.class, sockets)));
        echo.awaitOutput("listening"::equals, PATIENCE);
        return echo;
    }

    private static List<String> probe(Namespace namespace, String... echoes) {
        var outcome = Command.run(PATIENCE, namespace.words(JavaProgram.words(MappingProbe.class, echoes)));
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        return outcome.output().lines().toList();
    }
}
