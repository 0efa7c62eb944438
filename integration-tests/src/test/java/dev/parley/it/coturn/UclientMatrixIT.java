package dev.parley.it.coturn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.coturn.UclientRun.User;
import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.Command.Outcome;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import dev.parley.it.wire.Transport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * coturn's client through every transport, to peers of both families, with channels and with Send indications, as a
 * long-term user, with a time-limited credential and with access tokens, and with what else it can do: no cell of the
 * matrix loses a message.
 */
@Needs(Need.COTURN_TOOLS)
@Isolated("a port reserved for its clients must not be taken by those of other tests")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UclientMatrixIT {
    private static final String NOTHING_LOST = "Total lost packets 0 (0.000000%), total send dropped 0 (0.000000%)";

    private final UclientServer server = new UclientServer();

    static List<UclientRun> runs() {
        List<UclientRun> runs = new ArrayList<>();
        for (Transport transport : Transport.values()) {
            for (User user : List.of(User.LONG_TERM, User.TIME_LIMITED)) {
                runs.add(UclientRun.of(transport).as(user));
                runs.add(UclientRun.of(transport, "-s").as(user));
                runs.add(UclientRun.toIpv6(transport).as(user));
                runs.add(UclientRun.toIpv6(transport, "-s").as(user));
            }
            runs.add(UclientRun.of(transport).as(User.TOKEN));
            runs.add(UclientRun.toIpv6(transport, "-s").as(User.TOKEN));
            // Each client moves to another port (RFC 8016) before it sends. Over TLS and DTLS the tool then often frees
            // its session twice and dies.
            if (transport == Transport.UDP || transport == Transport.TCP) {
                runs.add(UclientRun.of(transport, "-M"));
                runs.add(UclientRun.toIpv6(transport, "-M", "-s"));
            }
            // Without the second port.
            runs.add(UclientRun.of(transport, "-c").as(User.TOKEN));
            runs.add(UclientRun.of(transport, "-g"));
            if (transport.isStream()) {
                runs.add(UclientRun.of(transport, "-T"));
                runs.add(UclientRun.of(transport, "-T").as(User.LONG_TERM));
                runs.add(UclientRun.toIpv6(transport, "-T"));
                runs.add(UclientRun.of(transport, "-T").as(User.TOKEN));
            }
        }
        runs.add(UclientRun.toIpv6(Transport.UDP, "-g"));
        runs.add(UclientRun.of(Transport.UDP, "-D"));
        return runs;
    }

    /** With TLS the tool greets its own peer's socket, which is connected to nothing, and gives up. */
    static List<UclientRun> passiveTcpRuns() {
        return List.of(
                UclientRun.of(Transport.TCP, "-P"),
                UclientRun.of(Transport.TCP, "-P").as(User.LONG_TERM),
                UclientRun.of(Transport.TCP, "-P").as(User.TOKEN));
    }

    static List<UclientRun> draftRuns() {
        return over("-Z");
    }

    static List<UclientRun> negativeRuns() {
        return over("-N");
    }

    static List<UclientRun> spoiledRuns() {
        return over("-R");
    }

    private static List<UclientRun> over(String option) {
        return Arrays.stream(Transport.values())
                .map(transport -> UclientRun.of(transport, option))
                .toList();
    }

    @BeforeAll
    void everyRunIsStarted() {
        server.start(passiveTcpRuns());
        server.start(runs());
        server.start(draftRuns());
        server.start(negativeRuns());
        server.start(spoiledRuns(), "timeout", "5");
    }

    @AfterAll
    void everythingEndsWell() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("runs")
    void nothingIsLost(UclientRun run) throws InterruptedException, ExecutionException {
        Outcome outcome = server.outcome(run);
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        assertThat(outcome.everything()).contains(NOTHING_LOST);
        assertThat(UclientRun.errorsIn(outcome.everything())).isEmpty();
    }

    /**
     * The peer connects (RFC 6062 section 4.4). In this mode the tool counts what the client gets and never reads what
     * the peer gets, so half of its messages seem lost, with coturn's own server too.
     */
    @ParameterizedTest
    @MethodSource("passiveTcpRuns")
    void aPeerThatConnectsIsHeard(UclientRun run) throws InterruptedException, ExecutionException {
        Outcome outcome = server.outcome(run);
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        assertThat(outcome.everything()).contains("tot_send_msgs=10, tot_recv_msgs=5");
    }

    /**
     * Before version 4.9 the tool asks for a second address with the attribute number of a draft, 0x8032. As RFC 8656
     * knows no such attribute it gets one address, which relays, and 443 where it happens to refresh the other one.
     */
    @ParameterizedTest
    @MethodSource("draftRuns")
    void aSecondAddressAskedForAsInADraftIsNotGiven(UclientRun run) throws InterruptedException, ExecutionException {
        Outcome outcome = server.outcome(run);
        assertThat(errorCodes(outcome)).as(outcome.everything()).allMatch("443"::equals);
        assertThat(outcome.everything()).containsAnyOf("error 443", NOTHING_LOST);
    }

    /** With -N the tool binds a channel of any number, and a second one to the same peer. */
    @ParameterizedTest
    @MethodSource("negativeRuns")
    void anImpossibleChannelIsRefused(UclientRun run) throws InterruptedException, ExecutionException {
        Outcome outcome = server.outcome(run);
        assertThat(errorCodes(outcome)).as(outcome.everything()).isNotEmpty().allMatch("400"::equals);
    }

    /**
     * With -R the tool spoils some of its messages, often until they are no STUN any more, and waits for answers that
     * nobody may give; with coturn's own server it hangs more often than it ends. So it has a limit, and what counts
     * is that the server goes on.
     */
    @ParameterizedTest
    @MethodSource("spoiledRuns")
    void spoiledMessagesHarmNobody(UclientRun run) throws InterruptedException, ExecutionException {
        assertThat(server.outcome(run).exitCode()).isIn(0, 255, 124);
        expectTheStunClientToSeeItself();
    }

    @Test
    void theStunClientSeesItself() {
        expectTheStunClientToSeeItself();
    }

    private void expectTheStunClientToSeeItself() {
        String port = Integer.toString(server.process().turnPort());
        assertThat(Command.require("turnutils_stunclient", "-p", port, "127.0.0.1"))
                .contains("UDP reflexive addr: 127.0.0.1:");
    }

    /** The STUN error codes that the tool has printed. */
    private static List<String> errorCodes(Outcome outcome) {
        return outcome.everything()
                .lines()
                .filter(line -> line.matches(".*error [0-9]{3} .*"))
                .map(line -> line.replaceAll(".*error ([0-9]{3}) .*", "$1"))
                .toList();
    }
}
