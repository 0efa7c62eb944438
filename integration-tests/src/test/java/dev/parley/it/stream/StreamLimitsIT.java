package dev.parley.it.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Rows 10, 11 and 63: what slow, silent, greedy and broken connections hold, and for how long. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamLimitsIT {
    private static final byte[] BINDING = Packet.request(Wire.BINDING).bytes();

    private final StreamServer server = new StreamServer();

    @AfterAll
    void everythingEndsWell() {
        server.close();
    }

    @Test
    void row10SlowAndSilentConnectionsEndInTime() throws IOException, InterruptedException {
        List<Slow> all = List.of(
                new Slow("nothing at all", new byte[0], false, 10),
                new Slow("half a STUN header", new byte[] {0, 1, 0, 0, 0x21, 0x12}, false, 10),
                new Slow("a byte a second of a STUN message", BINDING, true, 10),
                new Slow("the beginning of a TLS handshake", new byte[] {22, 3, 1, 0, (byte) 200, 1}, false, 10),
                new Slow(
                        "a byte a second of a TLS handshake",
                        new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xFC, 3, 3, 1, 1, 1, 1, 1},
                        true,
                        10),
                new Slow("one STUN message, then nothing", BINDING, false, 15));
        for (Slow slow : all) {
            slow.start();
        }
        for (Slow slow : all) {
            slow.join();
            System.out.printf("row 10: %s: closed after %.2f s%n", slow.what, slow.seconds);
            assertThat(slow.seconds).as(slow.what).isBetween(slow.limit - 1, slow.limit + 12);
        }
    }

    /** Sends something, all at once or a byte a second, and measures until the server closes. */
    private final class Slow extends Thread {
        private final String what;
        private final byte[] bytes;
        private final boolean drips;
        private final double limit;
        private final Socket socket;
        private double seconds;

        Slow(String what, byte[] bytes, boolean drips, double limit) throws IOException {
            this.what = what;
            this.bytes = bytes;
            this.drips = drips;
            this.limit = limit;
            InetSocketAddress address = server.address(Transport.TLS);
            socket = new Socket(address.getAddress(), address.getPort());
        }

        @Override
        public void run() {
            long start = System.nanoTime();
            try (socket) {
                int sent = 0;
                if (!drips) {
                    socket.getOutputStream().write(bytes);
                    sent = bytes.length;
                }
                socket.setSoTimeout(1000);
                boolean open = true;
                while (open && System.nanoTime() - start < 30e9) {
                    if (sent < bytes.length) {
                        socket.getOutputStream().write(bytes, sent++, 1);
                    }
                    open = isOpen();
                }
            } catch (IOException closed) {
                // that is what is waited for
            }
            seconds = (System.nanoTime() - start) / 1e9;
        }

        private boolean isOpen() throws IOException {
            try {
                return socket.getInputStream().read(new byte[4096]) >= 0;
            } catch (java.net.SocketTimeoutException silence) {
                return true;
            }
        }
    }

    @Test
    void row10AnAddressHas64ConnectionsWithoutACredentialAndEachHoldsLittle() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        double heap = server.heapBytes();
        int perAddress = 64;
        int addresses = 30;
        for (int a = 0; a < addresses; a++) {
            for (int i = 0; i < perAddress; i++) {
                sockets.add(connect("127.0.1." + (a + 1)));
            }
        }
        for (Socket socket : sockets) {
            socket.getOutputStream().write(BINDING, 0, 19); // a message but for its last byte
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> server.metric("parley_turn_connections{transport=\"tcp\"}") >= sockets.size());
        double each = (server.heapBytes() - heap) / sockets.size();
        System.out.printf("row 10: %d connections hold %.0f bytes of heap each%n", sockets.size(), each);
        assertThat(each).isLessThan(8192);

        try (Socket oneMore = connect("127.0.1.1")) {
            oneMore.setSoTimeout(5000);
            assertThat(oneMore.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(server.ended("too-many-of-address")).isEqualTo(1);
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void row11ALongMessageIsRefusedByItsHeader() throws IOException {
        try (Socket socket = connect("127.0.2.1")) {
            socket.setSoTimeout(5000);
            long start = System.nanoTime();
            socket.getOutputStream().write(new byte[] {0, 3, (byte) 0xFF, (byte) 0xFC, 0x21, 0x12, (byte) 0xA4, 0x42});
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            System.out.printf(
                    "row 11: 65532 bytes declared, closed after 8 of them and %d ms%n",
                    (System.nanoTime() - start) / 1_000_000);
        }
        assertThat(server.ended("frame-too-long")).isEqualTo(1);
    }

    @Test
    void row63FinAndThenRstLeavesNothingBehind() throws IOException {
        int before = server.descriptors();
        for (int i = 0; i < 1000; i++) {
            Socket socket = connect("127.0.3." + (i / 50 + 1));
            socket.getOutputStream().write(BINDING, 0, 10);
            socket.shutdownOutput();
            socket.setSoLinger(true, 0);
            socket.close();
        }
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> server.descriptors() <= before);
        long ticks = ticks();
        long start = System.nanoTime();
        Awaitility.await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        double busy = (ticks() - ticks) / 100.0 / ((System.nanoTime() - start) / 1e9);
        System.out.printf(
                "row 63: %d descriptors before, %d after; %.2f of a processor busy afterwards%n",
                before, server.descriptors(), busy);
        assertThat(busy).isLessThan(0.5);
    }

    /** Processor time of the server, in hundredths of a second. */
    private long ticks() throws IOException {
        String stat = Files.readString(Path.of("/proc", server.pid() + "", "stat"));
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(words[11]) + Long.parseLong(words[12]);
    }

    private Socket connect(String from) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(server.address(Transport.TCP));
        return socket;
    }
}
