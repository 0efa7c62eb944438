package dev.parley.it.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.Credentials;
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
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TCP allocations (RFC 6062) on real sockets: Connect, a peer that comes by itself, and coturn's client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TcpRelayIT {
    private static final int CONNECTION_ATTEMPT = 0x00C;
    private static final int MEGABYTE = 1 << 20;
    private static final Duration SOON = Duration.ofSeconds(5);

    private final StreamServer server = new StreamServer("turn.tcp-relay", "true");

    @AfterAll
    void everythingEndsWell() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "TLS"})
    void connectedAPeerGetsEveryByteAndAnswers(Transport transport) throws IOException, InterruptedException {
        try (Client control = server.client(transport);
                ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress relayed = allocateTcp(control);
            Message connected = control.ask(
                            Packet.request(Wire.CONNECT).address(Wire.XOR_PEER_ADDRESS, addressOf(peer)))
                    .expectSuccess();
            Socket accepted = peer.accept();
            assertThat(accepted.getRemoteSocketAddress()).isEqualTo(relayed);
            try (Client data = bound(transport, connected);
                    accepted) {
                echoEightMegabytes(socketOf(data), accepted);
                accepted.close();
                assertThat(socketOf(data).getInputStream().read())
                        .as("the end goes on to the client")
                        .isEqualTo(-1);
            }
        }
    }

    /** More than all buffers on the way hold, so the reading must stop and go on on both sides. */
    private static void echoEightMegabytes(Socket client, Socket peer) throws IOException, InterruptedException {
        byte[] sent = new byte[8 * MEGABYTE];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) ((i * 31) >> 8);
        }
        Thread echo = Thread.ofPlatform().start(() -> {
            try {
                byte[] heard = peer.getInputStream().readNBytes(sent.length);
                peer.getOutputStream().write(heard);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        client.getOutputStream().write(sent);
        client.setSoTimeout(20_000);
        assertThat(client.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
        echo.join();
    }

    @Test
    void aPeerWithAPermissionMayComeByItselfAndOneWithoutMayNot() throws IOException {
        try (Client control = server.client(Transport.TCP)) {
            InetSocketAddress relayed = allocateTcp(control);
            try (Socket stranger = new Socket(relayed.getAddress(), relayed.getPort())) {
                stranger.setSoTimeout(5000);
                assertThat(stranger.getInputStream().read()).isEqualTo(-1);
            }
            control.permit(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1))
                    .expectSuccess();
            try (Socket peer = new Socket(relayed.getAddress(), relayed.getPort())) {
                peer.getOutputStream().write(1); // before anybody is there to read it
                Message attempt = control.nextIndication(SOON);
                assertThat(attempt.method()).isEqualTo(CONNECTION_ATTEMPT);
                assertThat(attempt.address(Wire.XOR_PEER_ADDRESS)).isEqualTo(peer.getLocalSocketAddress());
                try (Client data = bound(Transport.TCP, attempt)) {
                    assertThat(((StreamLink) data.link()).receiveAll(Duration.ofSeconds(1)))
                            .containsExactly(1);
                    socketOf(data).close();
                    assertThat(peer.getInputStream().read()).isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void nobodyThereIs447() throws IOException {
        InetSocketAddress closed;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = addressOf(gone);
        }
        try (Client control = server.client(Transport.TCP)) {
            allocateTcp(control);
            control.ask(Packet.request(Wire.CONNECT).address(Wire.XOR_PEER_ADDRESS, closed))
                    .expect(447);
        }
    }

    @Test
    void theEndOfTheAllocationIsTheEndOfItsConnections() throws IOException {
        try (Client control = server.client(Transport.TCP);
                ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            allocateTcp(control);
            Message connected = control.ask(
                            Packet.request(Wire.CONNECT).address(Wire.XOR_PEER_ADDRESS, addressOf(peer)))
                    .expectSuccess();
            try (Socket accepted = peer.accept();
                    Client data = bound(Transport.TCP, connected)) {
                socketOf(control).close();
                accepted.setSoTimeout(5000);
                socketOf(data).setSoTimeout(5000);
                assertThat(accepted.getInputStream().read()).isEqualTo(-1);
                assertThat(socketOf(data).getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void coturnsClientRelaysOverTcp() {
        Credentials credentials = Credentials.of("guest");
        Command.Outcome outcome = Command.run(
                Duration.ofMinutes(1),
                List.of(
                        "turnutils_uclient",
                        "-T",
                        "-n",
                        "20",
                        "-m",
                        "1",
                        "-l",
                        "170",
                        "-u",
                        credentials.username(),
                        "-w",
                        credentials.password(),
                        "-p",
                        String.valueOf(server.address(Transport.TCP).getPort()),
                        "127.0.0.1"));
        assertThat(outcome.everything()).contains("Total lost packets 0 (0.000000%)");
    }

    private Client bound(Transport transport, Message connected) {
        return server.bound(transport, connected);
    }

    private static InetSocketAddress allocateTcp(Client control) {
        return StreamServer.allocateTcp(control);
    }

    private static Socket socketOf(Client client) {
        return ((StreamLink) client.link()).socket();
    }

    private static InetSocketAddress addressOf(ServerSocket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }
}
