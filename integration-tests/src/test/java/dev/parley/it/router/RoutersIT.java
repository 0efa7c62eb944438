package dev.parley.it.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.JavaProgram;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.RunningProgram;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import dev.parley.it.router.Capture.Seen;
import dev.parley.it.router.RoutedNetwork.Addresses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 8656 sections 11.5, 13 and 14, seen on the wire between real routers. */
@Needs({Need.NAMESPACES, Need.PACKET_CAPTURE})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutersIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int UDP_HEADER = 8;
    private static final int CHANNEL_HEADER = 4;

    private final RoutedNetwork network = new RoutedNetwork();
    private final ParleyProcess parley = ParleyProcess.plan()
            .set("turn.relay-address", Addresses.IPV4.relay() + "," + Addresses.IPV6.relay())
            .inside(network.server(), Addresses.IPV4.serverListener())
            .start();
    private final RunningProgram peer = RunningProgram.start(
            network.peer().words(JavaProgram.words(PeerProgram.class, Addresses.IPV4.peer(), Addresses.IPV6.peer())));

    RoutersIT() {
        peer.awaitOutput("listening"::equals, PATIENCE);
    }

    @AfterAll
    void everythingEndsWell() {
        peer.close();
        try (network) {
            parley.close();
        }
    }

    static Stream<Addresses> families() {
        return Stream.of(Addresses.IPV4, Addresses.IPV6);
    }

    @ParameterizedTest
    @MethodSource("families")
    void row31AnswersHaveTheServersTtlAndARelayedPacketLosesOneHopAndKeepsDscpAndEcn(Addresses at) {
        try (var atPeer = new Capture(network.peer(), "wan");
                var atClient = new Capture(network.client(), "wan")) {
            assertThat(client(at, "channel 100")).containsExactly("channel 100");

            assertThat(atPeer.udp())
                    .filteredOn(seen -> seen.from().equals(at.relay()))
                    .containsExactly(new Seen(
                            at.relay(),
                            at.peer(),
                            RoutedNetwork.CLIENT_TTL - 3, // two routers, and the server
                            ClientProgram.TRAFFIC_CLASS,
                            false,
                            false,
                            100 + UDP_HEADER));
            List<Seen> fromServer = atClient.udp().stream()
                    .filter(seen -> seen.to().equals(at.client()))
                    .toList();
            Seen data = fromServer.getLast();
            assertThat(data.udpLength()).isEqualTo(100 + CHANNEL_HEADER + UDP_HEADER);
            assertThat(data.ttl()).isEqualTo(RoutedNetwork.PEER_TTL - 3);
            assertThat(data.trafficClass()).isEqualTo(PeerProgram.TRAFFIC_CLASS);
            assertThat(fromServer.subList(0, fromServer.size() - 1))
                    .as("answers to requests, across one router")
                    .isNotEmpty()
                    .allMatch(seen -> seen.ttl() == RoutedNetwork.SERVER_TTL - 1 && seen.trafficClass() == 0);
        }
    }

    @Test
    void dontFragmentIsOnTheWireAndTheNarrowRoutersAnswerReachesTheClient() {
        Addresses at = Addresses.IPV4;
        try (var atServer = new Capture(network.server(), "far")) {
            assertThat(client(at, "whole 7000 1400", "whole 7000 100", "channel 1400"))
                    .containsExactly("icmp 11.41.0.2:7000 3 4 1300", "channel 100", "channel 1400");

            List<Seen> sent = atServer.udp().stream()
                    .filter(seen -> seen.from().equals(at.relay()))
                    .toList();
            assertThat(sent).extracting(Seen::udpLength).containsExactly(1408, 108, 1408);
            assertThat(sent).extracting(Seen::dontFragment).containsExactly(true, true, false);
        }
    }

    @Test
    void overIpv6TheFirstTooBigPacketIsReportedAndTheNextIsFragmented() {
        assertThat(client(Addresses.IPV6, "channel 1400", "channel 1400", "whole 7000 1400"))
                .containsExactly("icmp [2600:41:1::2]:7000 2 0 1300", "channel 1400", "channel 1400");
    }

    @ParameterizedTest
    @MethodSource("families")
    void anUnreachablePortIsReportedWithItsPortAndTheRelayGoesOn(Addresses at) {
        String unreachable = at.isIpv4() ? "icmp 11.41.0.2:9 3 3 0" : "icmp [2600:41:1::2]:9 1 4 0";

        assertThat(client(at, "send 9 50", "channel 10", "send 9 50"))
                .containsExactly(unreachable, "channel 10", unreachable);
    }

    @ParameterizedTest
    @MethodSource("families")
    void aPacketWhoseTimeIsOverBehindTheServerIsReportedAndBeforeItIsNot(Addresses at) {
        try {
            network.shortenClientReach(3); // the near router, the server, and over at the far router
            assertThat(client(at, "channel 100"))
                    .containsExactly(at.isIpv4() ? "icmp 11.41.0.2:7000 11 0 0" : "icmp [2600:41:1::2]:7000 3 0 0");
            network.shortenClientReach(2);
            assertThat(client(at, "channel 100")).isEmpty();
        } finally {
            network.shortenClientReach(RoutedNetwork.CLIENT_TTL);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void anEmptyDatagramAmongOthersArrivesOnceInItsPlace(Addresses at) {
        int before = peer.output().size();

        assertThat(client(at, "burst 11 0 22 33")).containsExactly("channel 11", "channel 22", "channel 33");

        List<String> output = peer.output();
        assertThat(output.subList(before, output.size()))
                .containsExactly("heard 11", "heard 0", "heard 22", "heard 33");
    }

    @Test
    void aDeviceThatCannotFillInChecksumsLosesNothing() {
        network.server().run("ethtool", "-K", "far", "tx", "off");
        try {
            assertThat(client(Addresses.IPV4, "burst 100 100 100 100"))
                    .containsExactly("channel 100", "channel 100", "channel 100", "channel 100");
        } finally {
            network.server().run("ethtool", "-K", "far", "tx", "on");
        }
    }

    private List<String> client(Addresses at, String... orders) {
        String listener = at.isIpv4() ? at.serverListener() : "[" + at.serverListener() + "]";
        String peerAddress = at.isIpv4() ? at.peer() : "[" + at.peer() + "]";
        List<String> words =
                new ArrayList<>(List.of(listener + ":" + parley.turnPort(), peerAddress + ":" + PeerProgram.PORT));
        words.addAll(List.of(orders));
        var outcome = Command.run(
                PATIENCE, network.client().words(JavaProgram.words(ClientProgram.class, words.toArray(String[]::new))));
        assertThat(outcome.exitCode()).as(outcome.everything() + parley.log()).isZero();
        return outcome.output()
                .lines()
                .filter(line -> line.startsWith(ClientProgram.MARK))
                .map(line -> line.substring(ClientProgram.MARK.length()))
                .toList();
    }
}
