package dev.parley.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import dev.parley.it.fixture.Credentials;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.TurnClient;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** Row 40: an error on one socket ended the listener elsewhere; here nobody else notices. */
class IcmpStormIT {
    private static final int PACKETS = 2000;

    @Test
    void row40UnreachablePeersAndVanishedClientsDisturbNobody() throws IOException {
        try (ParleyProcess parley = ParleyProcess.loopbackPlan().start();
                DatagramSocket peer = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            TransportAddress peerAddress =
                    TransportAddress.ofInetSocketAddress((InetSocketAddress) peer.getLocalSocketAddress());
            int relayPort;
            try (TurnClient client = new TurnClient(parley.turnAddress(), Credentials.of("ann"))) {
                relayPort = client.allocate().port();
                assertThat(client.bindChannel(0x4000, peerAddress).isSuccess()).isTrue();
                for (int i = 0; i < PACKETS; i++) {
                    client.send(TransportAddress.parse("127.0.0.1:" + (1 + i % 8)), new byte[] {1});
                }
            }
            // The client is gone without a word: what comes for it makes errors at the listener.
            for (int i = 0; i < PACKETS; i++) {
                peer.send(new DatagramPacket(new byte[] {2}, 1, InetAddress.getLoopbackAddress(), relayPort));
            }
            try (TurnClient other = new TurnClient(parley.turnAddress(), Credentials.of("bob"))) {
                assertThat(other.allocate().port()).isPositive();
                assertThat(other.permit(peerAddress).isSuccess()).isTrue();
            }
            long lines = parley.log().lines().count();
            System.out.printf("row 40: %d packets to closed ports both ways, %d log lines%n", 2 * PACKETS, lines);
            assertThat(lines).isLessThan(60);
        }
    }
}
