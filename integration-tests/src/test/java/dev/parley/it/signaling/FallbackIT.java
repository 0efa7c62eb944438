package dev.parley.it.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions where no WebSocket gets through, over real sockets. */
class FallbackIT {
    private static final int SIGNALS = 200;
    private static final int POLLS = 9_000;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void twoTalkBehindAProxyThatKillsWebSocketsAndLosesConnections(boolean polls) throws Exception {
        try (HubServer hub = new HubServer(HubLimits.defaults());
                BlockingProxy proxy = new BlockingProxy(hub.address())) {
            assertThat(canUpgrade(proxy.address())).isFalse();
            try (HttpHubClient ann = new HttpHubClient(proxy.uri(), polls);
                    HttpHubClient bob = new HttpHubClient(proxy.uri(), polls)) {
                ann.say("\"type\":\"join\",\"room\":\"r\"");
                bob.say("\"type\":\"join\",\"room\":\"r\"");
                for (int i = 1; i <= SIGNALS; i++) {
                    ann.say("\"type\":\"signal\",\"room\":\"r\",\"data\":" + i);
                    bob.say("\"type\":\"signal\",\"room\":\"r\",\"data\":" + i);
                    if (i % 50 == 0) {
                        proxy.cutAll();
                    }
                }
                List<Integer> all = IntStream.rangeClosed(1, SIGNALS).boxed().toList();
                Crowd.awaitThat(
                        "both have heard all",
                        () -> ann.signals().size() >= SIGNALS && bob.signals().size() >= SIGNALS);
                assertThat(ann.signals()).isEqualTo(all);
                assertThat(bob.signals()).isEqualTo(all);
                assertThat(hub.counters.resumes()).isZero();
                ann.say("\"type\":\"bye\"");
                bob.say("\"type\":\"bye\"");
            }
            Crowd.awaitThat("nothing is left", hub::isEmpty);
            assertThat(proxy.upgradesKilled).hasValue(1);
            assertThat(hub.counters.faults()).isZero();
        }
    }

    private static boolean canUpgrade(InetSocketAddress server) {
        try (RawWebSocket socket = new RawWebSocket(server)) {
            return socket.read().opcode() == 1;
        } catch (IOException | RuntimeException | AssertionError cut) {
            return false;
        }
    }

    /** Row 27 of the abuse table; as many as one process may have sockets on both sides of. */
    @Test
    void parkedPollsCostNoThreads() throws Exception {
        HubLimits roomy = HubLimits.defaults()
                .with(HubLimit.SESSIONS_PER_ADDRESS, 20_000)
                .with(HubLimit.CONNECTIONS_PER_ADDRESS, 20_000)
                .with(HubLimit.CONNECTIONS, 20_000)
                .with(HubLimit.POLL_SECONDS, 300)
                .with(HubLimit.SILENCE_SECONDS, 600)
                .with(HubLimit.HEARTBEAT_SECONDS, 400)
                .with(HubLimit.JOIN_SECONDS, 600)
                .with(HubLimit.REQUEST_SECONDS, 60);
        List<Socket> sockets = new ArrayList<>();
        try (HubServer hub = new HubServer(roomy)) {
            park(hub, sockets);
            int threads = threads();
            long before = usedBytes();
            for (int i = 1; i < POLLS; i++) {
                park(hub, sockets);
            }
            Crowd.awaitThat("all wait", () -> hub.counters.pollsWaiting() == POLLS);
            long bytes = (usedBytes() - before) / POLLS;
            System.out.println(POLLS + " parked polls: " + (threads() - threads) + " threads more, " + bytes
                    + " bytes of heap each, with both ends and the session");
            assertThat(threads()).isLessThanOrEqualTo(threads + 2); // what the JVM itself starts now and then
            for (Socket socket : sockets) {
                socket.close();
            }
            Crowd.awaitThat("no poll waits", () -> hub.counters.pollsWaiting() == 0);
            assertThat(hub.counters.faults()).isZero();
        }
    }

    private static int threads() {
        return Thread.getAllStackTraces().size();
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void park(HubServer hub, List<Socket> sockets) throws IOException {
        Socket socket = new Socket(hub.address().getAddress(), hub.address().getPort());
        sockets.add(socket);
        send(socket, "POST /messages HTTP/1.1\r\nHost: h\r\nContent-Length: 16\r\n\r\n{\"type\":\"hello\"}");
        String answer = readAnswer(socket);
        int start = answer.toLowerCase(Locale.ROOT).indexOf("\r\nparley-session: ") + 18;
        String key = answer.substring(start, answer.indexOf("\r\n", start));
        send(
                socket,
                "GET /events HTTP/1.1\r\nHost: h\r\nAccept: application/json\r\nParley-Session: " + key + "\r\n\r\n");
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Up to the end of the array that the body is. */
    private static String readAnswer(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        byte[] bytes = new byte[8192];
        while (!answer.toString().endsWith("}]")) {
            int count = socket.getInputStream().read(bytes);
            answer.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
        }
        return answer.toString();
    }
}
