package dev.parley.it.coturn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.Command.Outcome;
import dev.parley.it.fixture.FreePorts;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** turnutils_natdiscovery and turnutils_stunclient of coturn against two loopback addresses (RFC 5780), without NAT. */
@Needs(Need.COTURN_TOOLS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NatDiscoveryIT {
    private final ParleyProcess parley = ParleyProcess.loopbackPlan()
            .set("turn.listen", "127.0.0.1")
            .set("turn.behavior-discovery.alternate-address", "127.0.0.2")
            .set("turn.behavior-discovery.alternate-port", FreePorts.find())
            .set("turn.limits.responses-per-source", 1000)
            .start();

    @AfterAll
    void itEndsWell() {
        parley.close();
    }

    @Test
    void mappingAndFilteringAreThoseOfNoNat() {
        String output = run("turnutils_natdiscovery", "-m", "-f");
        assertThat(output).contains("NAT with Endpoint Independent Mapping").contains("Endpoint Independent Filtering");
    }

    @Test
    void paddedRequestsAreAnswered() {
        assertThat(run("turnutils_natdiscovery", "-m", "-f", "-P")).contains("Endpoint Independent Filtering");
    }

    @Test
    void stunclientSeesTheOtherAddress() {
        assertThat(run("turnutils_stunclient", "-f")).contains("127.0.0.2");
    }

    private String run(String... words) {
        List<String> line = new ArrayList<>(List.of(words));
        line.addAll(List.of("-p", Integer.toString(parley.turnPort()), "127.0.0.1"));
        Outcome outcome = Command.run(Duration.ofMinutes(1), line);
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        return outcome.everything();
    }
}
