package dev.parley.it.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.wire.Client;
import dev.parley.it.wire.Message;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.StreamLink;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Section 3, row 15, for relayed TCP: what is over the cap waits at its sender; no byte is lost, none is piled up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TcpBandwidthIT {
    private static final int CAP = 1 << 20;
    private static final int SENT = 4 * CAP;

    private static final String TOKEN = "an-admin-token-for-integration-tests";

    private final StreamServer server =
            new StreamServer("turn.tcp-relay", "true", "turn.bandwidth.per-user", CAP + "B", "admin.token", TOKEN);

    @AfterAll
    void everythingEndsWell() {
        server.close();
    }

    @Test
    void row15AStreamPassesAtTheCapAndWhole() throws IOException, InterruptedException {
        try (Client control = server.client(Transport.TCP);
                ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StreamServer.allocateTcp(control);
            Message connected = control.ask(Packet.request(Wire.CONNECT)
                            .address(Wire.XOR_PEER_ADDRESS, (InetSocketAddress) peer.getLocalSocketAddress()))
                    .expectSuccess();
            try (Socket accepted = peer.accept();
                    Client data = server.bound(Transport.TCP, connected)) {
                Socket client = ((StreamLink) data.link()).socket();
                client.setSoTimeout(20_000);
                double before = server.heapBytes();
                long startNanos = System.nanoTime();
                Thread sender = Thread.ofPlatform().start(() -> send(accepted));
                byte[] heard = client.getInputStream().readNBytes(SENT);
                double seconds = (System.nanoTime() - startNanos) / 1e9;
                sender.join();

                System.out.printf("row 15: %d bytes of a stream in %.1f s at %d bytes a second%n", SENT, seconds, CAP);
                assertThat(heard).isEqualTo(pattern());
                assertThat(seconds).isBetween(2.5, 8.0);
                assertThat(server.heapBytes() - before).isLessThan(CAP * 8.0);
            }
        }
        assertThat(server.metric("parley_turn_payload_bytes_total{class=\"stream-down\"}"))
                .isEqualTo(SENT);
        row16TheUserAndItsBytesAreShownOnceTheAllocationEnds();
    }

    private void row16TheUserAndItsBytesAreShownOnceTheAllocationEnds() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> server.log().contains("allocation of guest ended (client-gone)"));
        assertThat(server.log()).contains("down " + SENT + " in ").contains("1 peers");
        assertThat(server.users(TOKEN))
                .startsWith("{\"users\":[{\"user\":\"guest\",\"allocations\":1,\"live\":0,")
                .contains("\"bytesDown\":" + SENT);
    }

    private static void send(Socket peer) {
        try {
            peer.getOutputStream().write(pattern());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] pattern() {
        byte[] sent = new byte[SENT];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) ((i * 31) >> 8);
        }
        return sent;
    }
}
