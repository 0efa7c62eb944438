package dev.parley.it.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.ParleyProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 57, 63, 64 and 74 of the security list, and what else of it needs a process to be seen. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebRowsIT {
    private static final Pattern KEY = Pattern.compile("(?i)parley-session: (\\S+)");
    private static final int MOST_REQUESTS = 1_000_000;
    private static final int SOCKETS = 500;

    private final ParleyProcess parley = ParleyProcess.plan()
            .set("limits.sessions-per-address", 2000)
            .set("limits.connections-per-address", 4000)
            .set("log.level", "debug")
            .start();
    private final InetSocketAddress http = new InetSocketAddress(parley.host(), parley.httpPort());

    @AfterAll
    void everythingEndsWell() {
        parley.close();
    }

    /** The answers would fill the heap of a server that kept on; row 58 is the same with a wish for compression. */
    @ParameterizedTest
    @ValueSource(strings = {"A: b", "Accept-Encoding: gzip, deflate, br"})
    void row57And58RequestsWithoutReadingTheAnswersEndTheConnection(String header) throws IOException {
        byte[] requests = ("GET /none HTTP/1.1\r\nHost: h\r\n" + header + "\r\n\r\n")
                .repeat(1000)
                .getBytes(StandardCharsets.US_ASCII);
        flood(requests); // so that the process is as large as floods make it
        long before = residentBytes();
        int sent = flood(requests);
        long grown = residentBytes() - before;
        System.out.println("row 57: cut off within " + sent + " requests, the process " + grown + " bytes larger");
        assertThat(sent).isLessThan(MOST_REQUESTS);
        assertThat(grown).isLessThan(64 << 20);
    }

    /** Returns how many requests went out before the connection was cut off. */
    private int flood(byte[] requests) throws IOException {
        int sent = 0;
        try (Socket socket = connect()) {
            for (; sent < MOST_REQUESTS; sent += 1000) {
                socket.getOutputStream().write(requests);
            }
        } catch (SocketException cutOff) {
            return sent;
        }
        return sent;
    }

    @Test
    void row63EndThenResetOnManySocketsLeavesNeitherDescriptorsNorWork() throws IOException {
        connect().close();
        int before = descriptors();
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < SOCKETS; i++) {
            sockets.add(connect());
            sockets.getLast().getOutputStream().write("GET / HTT".getBytes(StandardCharsets.US_ASCII));
        }
        for (Socket socket : sockets) {
            socket.shutdownOutput();
            socket.setSoLinger(true, 0);
            socket.close();
        }
        Crowd.awaitThat("the descriptors are free again", () -> descriptors() <= before + 2);
        Duration worked = cpu();
        Crowd.awaitThat("a second goes by with hardly any work", new IdleSecond(worked)::isOver);
    }

    /** A second in which the process does next to nothing; begins again as long as it does more. */
    private final class IdleSecond {
        private long sinceNanos = System.nanoTime();
        private Duration worked;

        IdleSecond(Duration worked) {
            this.worked = worked;
        }

        boolean isOver() {
            if (System.nanoTime() - sinceNanos < 1_000_000_000L) {
                return false;
            }
            Duration now = cpu();
            boolean idle = now.minus(worked).toMillis() < 300;
            worked = now;
            sinceNanos = System.nanoTime();
            return idle;
        }
    }

    @Test
    void row64TheProxyProtocolOfNobodyIsNoRequest() throws IOException {
        byte[] signature = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");
        for (int port : new int[] {parley.httpPort(), parley.turnPort()}) {
            for (int version : new int[] {0xFF, 0x21, 0x20}) {
                try (Socket socket = new Socket(parley.host(), port)) {
                    socket.setSoTimeout(30_000);
                    socket.getOutputStream().write(signature);
                    socket.getOutputStream()
                            .write(new byte[] {(byte) version, 0x11, 0, 12, 1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 0, 2});
                    String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                    assertThat(answer)
                            .satisfiesAnyOf(
                                    nothing -> assertThat(nothing).isEmpty(),
                                    refused -> assertThat(refused).startsWith("HTTP/1.1 400 "));
                }
            }
        }
    }

    /** Section 4, line 12 too: what members say to each other is in no log, at any level. */
    @Test
    void row74NoSecretAndNothingSaidIsInAnswersOrTheLog() throws IOException {
        String sdp = "v=0 o=- 4711 candidate:1 1 udp 1 198.51.100.77 9 typ host";
        StringBuilder seen = new StringBuilder();
        String resumeToken;
        try (RawWebSocket ann = new RawWebSocket(http)) {
            String welcome = ann.readUntil("welcome");
            resumeToken = Crowd.valueOf("resumeToken", welcome);
            seen.append(welcome);
            ann.sendText("{\"type\":\"join\",\"room\":\"r\",\"password\":\"opensesame\"}");
            seen.append(ann.readUntil("joined"));
            ann.sendText("{\"type\":\"signal\",\"room\":\"r\",\"data\":\"" + sdp + "\"}");
            ann.sendText("{\"type\":\"resume\",\"token\":\"" + resumeToken + "\",\"received\":0}");
            seen.append(ann.read().text());
            ann.sendText("{\"type\":\"signal\",\"room\":\"r\",\"to\":\"x\",\"data\":\"" + sdp + "\"}");
            seen.append(ann.read().text());
        }
        assertThat(seen.toString()).doesNotContain(ParleyProcess.SECRET, "opensesame", "4711");
        assertThat(parley.log())
                .doesNotContain(ParleyProcess.SECRET, resumeToken, "opensesame", "4711", "198.51.100.77");
    }

    @Test
    void section3Row27PollsThatWaitTakeNoThreads() throws IOException {
        List<Socket> polls = new ArrayList<>();
        try {
            polls.add(poll());
            int before = threads();
            for (int i = 1; i < SOCKETS; i++) {
                polls.add(poll());
            }
            int after = threads();
            System.out.println("section 3 row 27: " + SOCKETS + " waiting polls, threads " + before + " and " + after);
            assertThat(after).isLessThanOrEqualTo(before + 2);
        } finally {
            for (Socket poll : polls) {
                poll.close();
            }
        }
    }

    @Test
    void section4Line18HealthTellsNothingAndAdministrationIsElsewhere() throws IOException {
        String health = answerTo(parley.adminPort(), "/healthz");
        assertThat(health).startsWith("HTTP/1.1 200 ").doesNotContain("0.1.0", "arley/", "session", "room");
        for (String path : List.of("/healthz", "/readyz", "/metrics", "/api/v1/admin/users")) {
            assertThat(answerTo(parley.httpPort(), path)).as(path).startsWith("HTTP/1.1 404 ");
        }
    }

    private String answerTo(int port, String path) throws IOException {
        try (Socket socket = new Socket(parley.host(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(http.getAddress(), http.getPort());
    }

    /** A session of its own whose request for messages waits. */
    private Socket poll() throws IOException {
        Socket socket = connect();
        socket.setSoTimeout(30_000);
        String hello = "{\"type\":\"hello\"}";
        say(socket, "POST /messages HTTP/1.1\r\nHost: h\r\nContent-Length: " + hello.length() + "\r\n\r\n" + hello);
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("}]")) {
            answer.append((char) socket.getInputStream().read());
        }
        var key = KEY.matcher(answer);
        assertThat(key.find()).as(answer.toString()).isTrue();
        say(
                socket,
                "GET /events HTTP/1.1\r\nHost: h\r\nAccept: application/json\r\nParley-Session: " + key.group(1)
                        + "\r\n\r\n");
        return socket;
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private Duration cpu() {
        return ProcessHandle.of(parley.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }

    private int threads() throws IOException {
        return Math.toIntExact(status("Threads"));
    }

    private long residentBytes() throws IOException {
        return status("VmRSS") << 10;
    }

    private long status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(parley.pid()), "status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private int descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(parley.pid()), "fd"))) {
            return Math.toIntExact(open.count());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
