package dev.parley.it.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Command;
import dev.parley.it.wire.Client;
import dev.parley.it.wire.Peer;
import dev.parley.it.wire.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Section 6, descriptors: a server that has none left goes on with what it has, and recovers when some are free. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DescriptorsIT {
    private static final int SPARE = 24;
    private static final int CONNECTIONS = 200;
    private static final int CHANNEL = 0x4000;
    private static final Duration SOON = Duration.ofSeconds(5);

    private final StreamServer server = new StreamServer("turn.streams.unauthenticated-per-address", "2000");

    @AfterAll
    void everythingEndsWell() {
        server.close();
    }

    @Test
    void withoutDescriptorsLiveCallsGoOnAndWhenSomeAreFreeNewOnesComeWithinFiveSeconds() throws IOException {
        try (Client caller = server.client(Transport.UDP);
                Client late = server.client(Transport.UDP);
                Peer peer = new Peer(InetAddress.getLoopbackAddress())) {
            InetSocketAddress relayed = caller.allocate();
            caller.bind(CHANNEL, peer.address()).expectSuccess();
            int limit = server.descriptors() + SPARE;
            Command.require("prlimit", "--pid", server.pid() + "", "--nofile=" + limit + ":" + limit);
            List<Socket> greedy = greedy();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> server.log().contains("accept 127.0.0.0/24"));

            for (int i = 0; i < 50; i++) {
                assertCallPasses(caller, peer, relayed, i);
            }
            late.ask(Client.bareAllocate()).expect(508);
            for (Socket socket : greedy) {
                socket.close();
            }
            long freedNanos = System.nanoTime();
            try (Client next = server.client(Transport.TCP)) {
                next.allocate();
            }
            Duration recovery = Duration.ofNanos(System.nanoTime() - freedNanos);
            late.allocate();
            assertCallPasses(caller, peer, relayed, 50);
            System.out.println("descriptors: " + greedy.size() + " connections for " + SPARE
                    + " descriptors, a new client allocates " + recovery.toMillis() + " ms after they are free");
            assertThat(recovery).isLessThan(Duration.ofSeconds(5));
        }
        assertThat(server.metric("parley_turn_accept_failures_total")).isPositive();
        assertThat(server.log().lines().filter(line -> line.contains("accept 127.0.0")))
                .as("one line in ten seconds")
                .hasSizeLessThan(10);
    }

    private List<Socket> greedy() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        InetSocketAddress address = server.address(Transport.TCP);
        for (int i = 0; i < CONNECTIONS; i++) {
            sockets.add(new Socket(address.getAddress(), address.getPort()));
        }
        return sockets;
    }

    private static void assertCallPasses(Client caller, Peer peer, InetSocketAddress relayed, int length) {
        caller.sendOnChannel(CHANNEL, new byte[length]);
        assertThat(peer.receive(SOON)).isEqualTo(new Peer.Heard(relayed, "\0".repeat(length)));
        peer.send(relayed, new byte[length]);
        assertThat(caller.require(SOON)).hasSizeGreaterThanOrEqualTo(4 + length);
    }
}
