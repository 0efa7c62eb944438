package dev.parley.it.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import dev.parley.it.fixture.Credentials;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.TurnClient;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** 200,000 clients come, relay a packet and go, and the server is as it was before. */
@Isolated("it measures memory and needs all of the machine")
class AllocationCyclesIT {
    private static final int CYCLES = Integer.getInteger("parley.endurance.cycles", 200_000);
    private static final int CLIENTS = 4;
    private static final long MEBIBYTE = 1 << 20;
    private static final byte[] PAYLOAD = "one packet".getBytes(StandardCharsets.US_ASCII);
    private static final String JVM = "-Xmx256m -XX:NativeMemoryTracking=summary";

    @Test
    void memoryDescriptorsAndTablesReturnToTheStart() throws Exception {
        try (var parley = ParleyProcess.loopbackPlan().javaOptions(JVM).start()) {
            // What is loaded, compiled and pooled once is there before the comparison starts.
            cycle(parley, Math.max(CYCLES / 10, CLIENTS));
            Footprint.of(parley); // the first look from outside opens a socket for good
            var before = Footprint.of(parley);

            long startNanos = System.nanoTime();
            cycle(parley, CYCLES);
            var lasted = Duration.ofNanos(System.nanoTime() - startNanos);
            var after = Footprint.of(parley);

            System.out.println(CYCLES + " cycles in " + lasted.toSeconds() + " s: " + before + " -> " + after);
            assertThat(after.allocations()).isZero();
            assertThat(after.opened() - before.opened()).isEqualTo(CYCLES);
            // A connection for the metrics takes a moment to be closed by both sides.
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(Footprint.descriptors(parley)).isEqualTo(before.descriptors()));
            assertThat(after.heapBytes() - before.heapBytes()).isLessThan(MEBIBYTE);
            assertThat(after.directBytes() - before.directBytes()).isLessThan(MEBIBYTE);
        }
    }

    private static void cycle(ParleyProcess parley, int cycles) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<Void>> clients = new ArrayList<>();
            for (int number = 0; number < CLIENTS; number++) {
                String name = "client" + number;
                Callable<Void> client = () -> comeAndGo(parley, name, cycles / CLIENTS);
                clients.add(threads.submit(client));
            }
            for (Future<Void> client : clients) {
                client.get();
            }
        }
    }

    private static Void comeAndGo(ParleyProcess parley, String name, int times) throws Exception {
        try (var client = new TurnClient(parley.turnAddress(), Credentials.of(name));
                var peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            peer.setSoTimeout(5000);
            TransportAddress peerAddress = TransportAddress.parse("127.0.0.1:" + peer.getLocalPort());
            var packet = new DatagramPacket(new byte[64], 64);
            for (int time = 0; time < times; time++) {
                client.allocate();
                assertThat(client.permit(peerAddress).isSuccess()).isTrue();
                client.send(peerAddress, PAYLOAD);
                peer.receive(packet);
                assertThat(packet.getLength()).isEqualTo(PAYLOAD.length);
                packet.setLength(64);
                assertThat(client.refresh(Duration.ZERO).isSuccess()).isTrue();
            }
        }
        return null;
    }
}
