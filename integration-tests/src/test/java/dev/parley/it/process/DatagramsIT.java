package dev.parley.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.ice.address.TransportAddress;
import dev.parley.it.fixture.Credentials;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.TurnClient;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Datagrams of every kind through a whole server, with the sockets of Linux and with Java's own. */
class DatagramsIT {
    private static final int CHANNEL = 0x4000;
    private static final int LONGEST_IN_CHANNEL_DATA = 65_503;
    private static final int NOBODY = 9;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** What makes the server take one kind of sockets or the other. */
    enum Kind {
        LINUX("-Xmx512m"),
        PORTABLE("-Xmx512m -Dio.netty.transport.noNative=true");

        private final String javaOptions;

        Kind(String javaOptions) {
            this.javaOptions = javaOptions;
        }

        ParleyProcess start() {
            return ParleyProcess.loopbackPlan().javaOptions(javaOptions).start();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyLengthPassesBothWaysAStormOfErrorsEndsNothingAndDescriptorsComeBack(Kind kind) throws IOException {
        try (var parley = kind.start();
                var peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            peer.setSoTimeout((int) PATIENCE.toMillis());
            long descriptors = descriptorsOf(parley);
            try (var client = new TurnClient(parley.turnAddress(), Credentials.of("ann"))) {
                client.allocate();
                client.bindChannel(CHANNEL, TransportAddress.parse("127.0.0.1:" + peer.getLocalPort()));
                everyLengthPasses(client, peer);
                for (int i = 0; i < 2000; i++) {
                    client.send(TransportAddress.parse("127.0.0.1:" + NOBODY), new byte[10]);
                }
                client.forgetWhatCame();
                everyLengthPasses(client, peer);
                client.refresh(Duration.ZERO);
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(descriptorsOf(parley)).isLessThanOrEqualTo(descriptors));
        }
    }

    private static void everyLengthPasses(TurnClient client, DatagramSocket peer) throws IOException {
        for (int bytes : List.of(0, 1, 1472, 9000, LONGEST_IN_CHANNEL_DATA)) {
            byte[] payload = filled(bytes);
            client.sendChannelData(CHANNEL, payload);
            var packet = new DatagramPacket(new byte[65_535], 65_535);
            peer.receive(packet);
            assertThat(Arrays.copyOf(packet.getData(), packet.getLength()))
                    .as("%d bytes up", bytes)
                    .isEqualTo(payload);

            peer.send(new DatagramPacket(payload, payload.length, packet.getSocketAddress()));
            ByteBuf heard = client.receive(PATIENCE);
            if (heard == null) {
                throw new AssertionError(bytes + " bytes did not come down");
            }
            assertThat(heard.readUnsignedShort()).isEqualTo(CHANNEL);
            assertThat(heard.readUnsignedShort()).isEqualTo(bytes);
            byte[] back = new byte[heard.readableBytes()];
            heard.readBytes(back);
            assertThat(back).as("%d bytes down", bytes).isEqualTo(payload);
        }
    }

    private static byte[] filled(int bytes) {
        byte[] filled = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            filled[i] = (byte) i;
        }
        return filled;
    }

    private static long descriptorsOf(ParleyProcess parley) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + parley.pid() + "/fd"))) {
            return descriptors.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
