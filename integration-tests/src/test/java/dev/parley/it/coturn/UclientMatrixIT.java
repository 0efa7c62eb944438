package dev.parley.it.coturn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.Command.Outcome;
import dev.parley.it.fixture.EveryTransport;
import dev.parley.it.fixture.FreePorts;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.RunningProgram;
import dev.parley.it.fixture.SecretFile;
import dev.parley.it.fixture.TestAuthority;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import dev.parley.it.wire.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * coturn's client through every transport, to peers of both families, with channels and with Send indications, as a
 * long-term user and with a time-limited credential: no cell of the matrix loses a message. The tool mostly waits, so
 * several run at once.
 */
@Needs(Need.COTURN_TOOLS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UclientMatrixIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String NOTHING_LOST = "Total lost packets 0 (0.000000%), total send dropped 0 (0.000000%)";
    private static final int AT_ONCE = 6;
    private static final int CLIENTS = 2;
    private static final int MESSAGES = 5;

    private final int peerPort = FreePorts.find();
    private final ParleyProcess parley = EveryTransport.added(ParleyProcess.loopbackPlan(), TestAuthority.create())
            .set("turn.relay-address", "127.0.0.1,::1")
            .set("turn.peers.allow", "127.0.0.0/8,::1/128")
            .set("turn.quota.per-user", 200)
            .set("turn.users-file", SecretFile.with("ann:a long-term password\n"))
            .set("turn.limits.channel-numbers", "rfc-5766")
            .start();
    private final Map<Transport, InetSocketAddress> addresses = EveryTransport.addresses(parley);
    private final RunningProgram peer = RunningProgram.start(
            List.of("turnutils_peer", "-L", "127.0.0.1", "-L", "::1", "-p", Integer.toString(peerPort)));
    private final ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    private final Map<Cell, Future<Outcome>> outcomes = new LinkedHashMap<>();

    /** One run of the tool. */
    record Cell(Transport transport, boolean toIpv6, boolean bySend, boolean asLongTermUser, List<String> more) {
        @Override
        public String toString() {
            return transport
                    + (toIpv6 ? " IPv6" : " IPv4")
                    + (bySend ? " Send" : " channels")
                    + (asLongTermUser ? " long-term" : " time-limited")
                    + (more.isEmpty() ? "" : " " + String.join(" ", more));
        }

        private List<String> options() {
            List<String> options = new ArrayList<>(more);
            if (transport.isStream()) {
                options.add("-t");
            }
            if (transport == Transport.TLS || transport == Transport.DTLS) {
                options.add("-S");
            }
            if (bySend) {
                options.add("-s");
            }
            options.addAll(toIpv6 ? List.of("-x", "-e", "::1") : List.of("-e", "127.0.0.1"));
            options.addAll(
                    asLongTermUser
                            ? List.of("-u", "ann", "-w", "a long-term password")
                            : List.of("-u", "ben", "-W", ParleyProcess.SECRET));
            return options;
        }
    }

    static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Transport transport : Transport.values()) {
            for (int bits = 0; bits < 8; bits++) {
                cells.add(new Cell(transport, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, List.of()));
            }
            for (String option : List.of("-g", "-D")) {
                cells.add(new Cell(transport, false, false, false, List.of(option)));
            }
        }
        return cells;
    }

    static List<Cell> draftCells() {
        return Arrays.stream(Transport.values())
                .map(transport -> new Cell(transport, false, false, false, List.of("-Z")))
                .toList();
    }

    @BeforeAll
    void everyRunIsStarted() {
        assertThat(peer.isAlive()).as(peer::everything).isTrue();
        for (Cell cell : Stream.concat(cells().stream(), draftCells().stream()).toList()) {
            int port = Objects.requireNonNull(addresses.get(cell.transport())).getPort();
            outcomes.put(cell, pool.submit(() -> Command.run(PATIENCE, words(port, cell.options()))));
        }
    }

    @AfterAll
    void everythingEndsWell() {
        pool.shutdownNow();
        peer.close();
        parley.close();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void nothingIsLost(Cell cell) throws InterruptedException, ExecutionException {
        expectNothingLost(Objects.requireNonNull(outcomes.get(cell)).get());
    }

    /**
     * Before version 4.9 the tool asks for a second address with the attribute number of a draft, 0x8032. As RFC 8656
     * knows no such attribute it gets one address, which relays, and 443 where it happens to refresh the other one.
     */
    @ParameterizedTest
    @MethodSource("draftCells")
    void aSecondAddressAskedForAsInADraftIsNotGiven(Cell cell) throws InterruptedException, ExecutionException {
        Outcome outcome = Objects.requireNonNull(outcomes.get(cell)).get();
        assertThat(outcome.everything().lines().filter(line -> line.matches(".*error \\d+.*")))
                .as(outcome.everything())
                .allMatch(line -> line.contains("error 443"));
        assertThat(outcome.everything()).containsAnyOf("error 443", NOTHING_LOST);
    }

    private static void expectNothingLost(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        assertThat(outcome.everything()).contains(NOTHING_LOST);
        // The tool tries old versions of TLS and DTLS, too, and is told to take another.
        assertThat(outcome.everything().lines())
                .filteredOn(line -> !line.contains("alert protocol version"))
                .noneMatch(line -> line.contains("error"));
    }

    /**
     * The tool's own negative tests. With -R it spoils some of its requests until they are no STUN any more, and waits
     * for answers that nobody may give; so it gets a limit, and what counts is that the server goes on.
     */
    @ParameterizedTest
    @MethodSource("negativeTests")
    void theServerStandsTheNegativeTests(String option) {
        List<String> words = new ArrayList<>(List.of("timeout", "10"));
        words.addAll(
                words(parley.turnPort(), List.of(option, "-e", "127.0.0.1", "-u", "ben", "-W", ParleyProcess.SECRET)));
        Command.run(PATIENCE, words);
        expectTheStunClientToSeeItself();
    }

    static List<String> negativeTests() {
        return List.of("-N", "-R");
    }

    @Test
    void theStunClientSeesItself() {
        expectTheStunClientToSeeItself();
    }

    private void expectTheStunClientToSeeItself() {
        String seen = Command.require("turnutils_stunclient", "-p", Integer.toString(parley.turnPort()), "127.0.0.1");
        assertThat(seen).contains("UDP reflexive addr: 127.0.0.1:");
    }

    private List<String> words(int port, List<String> options) {
        List<String> words = new ArrayList<>(List.of("turnutils_uclient"));
        words.addAll(options);
        words.addAll(List.of("-m", Integer.toString(CLIENTS), "-n", Integer.toString(MESSAGES), "-l", "170"));
        words.addAll(List.of("-p", Integer.toString(port), "-r", Integer.toString(peerPort), "127.0.0.1"));
        return words;
    }
}
