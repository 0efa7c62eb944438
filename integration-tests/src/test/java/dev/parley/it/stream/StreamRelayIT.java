package dev.parley.it.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.wire.Client;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Peer;
import dev.parley.it.wire.StreamLink;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Allocating and relaying over TCP and TLS, a client that does not read, and clients behind a load balancer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamRelayIT {
    private static final int CHANNEL = 0x4001;
    private static final Duration SOON = Duration.ofSeconds(5);

    private final StreamServer server = new StreamServer();

    @AfterAll
    void everythingEndsWell() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "TLS"})
    void dataOfEveryLengthGoesBothWaysAndNothingIsAnEmptyDatagram(Transport transport) {
        try (Client client = server.client(transport);
                Peer peer = new Peer(InetAddress.getLoopbackAddress())) {
            InetSocketAddress relayed = client.allocate();
            client.bind(CHANNEL, peer.address()).expectSuccess();
            for (int length : new int[] {0, 1, 2, 3, 4, 5, 1200}) {
                client.sendOnChannel(CHANNEL, new byte[length]);
                assertThat(peer.receive(SOON))
                        .as("%d bytes up", length)
                        .isEqualTo(new Peer.Heard(relayed, "\0".repeat(length)));

                peer.send(relayed, new byte[length]);
                assertThat(client.require(SOON)).as("%d bytes down", length).hasSize(4 + (length + 3 & ~3));
            }
        }
        Awaitility.await().atMost(SOON).until(() -> server.metric("parley_turn_allocations") == 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "TLS"})
    void aClientThatDoesNotReadLosesDatagramsAndTheServerHoldsLittle(Transport transport) {
        try (Client client = server.client(transport);
                Peer peer = new Peer(InetAddress.getLoopbackAddress())) {
            InetSocketAddress relayed = client.allocate();
            client.bind(CHANNEL, peer.address()).expectSuccess();
            double dropped = server.metric("parley_turn_datagrams_dropped_total{reason=\"slow-client\"}");
            double heap = server.heapBytes();
            for (int i = 0; i < 40_000; i++) {
                peer.send(relayed, new byte[1000]);
            }
            double lost = server.metric("parley_turn_datagrams_dropped_total{reason=\"slow-client\"}") - dropped;
            double held = server.heapBytes() - heap;
            System.out.printf(
                    "slow reader over %s: 40000 kB sent, %.0f datagrams dropped, heap %+.0f kB%n",
                    transport, lost, held / 1000);
            assertThat(lost).isPositive();
            assertThat(held).isLessThan(4e6);
        }
    }

    @Test
    void behindALoadBalancerTheAnnouncedAddressIsTheClients() {
        try (StreamLink link =
                StreamLink.plain(new InetSocketAddress(StreamServer.HOP, 0), server.address(Transport.TCP))) {
            link.send("PROXY TCP4 192.0.2.7 127.0.0.1 51234 3478\r\n".getBytes(StandardCharsets.US_ASCII));
            Client client =
                    new Client(link, Transport.TCP, server.client(Transport.TCP).login(), true);
            assertThat(client.exchange(Packet.request(Wire.BINDING)).address(Wire.XOR_MAPPED_ADDRESS))
                    .isEqualTo(new InetSocketAddress("192.0.2.7", 51234));
        }
    }

    @Test
    void row64AHopWithoutAHeaderIsClosedAndAHeaderFromElsewhereIsNotUnderstood() {
        byte[] version255 = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10, (byte) 0xFF, 0x11, 0, 12};
        assertThat(answerTo(StreamServer.HOP, version255)).isEmpty();
        assertThat(answerTo(StreamServer.HOP, "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
        assertThat(answerTo("127.0.0.1", "PROXY TCP4 192.0.2.7 127.0.0.1 5 6\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }

    /** Row 29. */
    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "TLS"})
    void httpIsClosedWithoutAByte(Transport transport) throws IOException {
        try (StreamLink link = (StreamLink) server.client(transport).link()) {
            link.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(link.receiveAll(SOON)).isEmpty();
            assertThat(link.isEnded()).isTrue();
        }
    }

    private byte[] answerTo(String from, byte[] opening) {
        try (StreamLink link = StreamLink.plain(new InetSocketAddress(from, 0), server.address(Transport.TCP))) {
            link.send(opening);
            byte[] answer = link.receiveAll(SOON);
            assertThat(link.isEnded()).isTrue();
            return answer;
        }
    }
}
