package dev.parley.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.ParleyProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What web administration pages of other servers let in: the public listener has none, and the other one is dull. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpAbuseIT {
    private static final int PATIENCE_MILLIS = 7000;

    private final ParleyProcess parley = ParleyProcess.plan().start();

    @AfterAll
    void everythingEndsWell() {
        parley.close();
    }

    @Test
    void row1QuotesAndCommentsInEveryFieldAreRefusedQuietly() throws IOException {
        String nasty = "%27%22;--/**/%20OR%201=1%00";
        for (int port : List.of(parley.httpPort(), parley.adminPort())) {
            assertRefused(port, "GET /" + nasty + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertRefused(port, "GET /login?user=" + nasty + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            String authorization = "Authorization: Bearer ' OR '1'='1\r\nContent-Length: 0";
            assertRefused(
                    port, "POST /api/v1/admin/reload HTTP/1.1\r\nHost: localhost\r\n" + authorization + "\r\n\r\n");
            assertRefused(port, "GET /metric HTTP/1.1\r\nHost: ' OR 1=1 --\r\n\r\n");
        }
    }

    @Test
    void row1AndRow3ThePublicListenerHasNoAdministration() throws IOException {
        for (String path : List.of("/metrics", "/healthz", "/readyz", "/api/v1/admin/reload", "/admin", "/login")) {
            String answer = send(parley.httpPort(), "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(answer).as(path).doesNotContain("parley_").doesNotStartWith("HTTP/1.1 200");
        }
    }

    @Test
    void row5APostThatPromisesMoreThanItBringsHarmsNobody() throws IOException {
        for (int port : List.of(parley.httpPort(), parley.adminPort())) {
            assertRefused(port, "POST / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertRefused(port, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nuname");
            assertRefused(port, "POST /api HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nuname");
            assertRefused(port, "POST /api HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n");
        }
        assertThat(send(parley.adminPort(), "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    /** An error of the client's, or nothing and a closed connection; never success, never a mistake of the server's. */
    private static void assertRefused(int port, String request) throws IOException {
        assertThat(send(port, request))
                .as(request)
                .satisfiesAnyOf(
                        answer -> assertThat(answer).startsWith("HTTP/1.1 4"),
                        answer -> assertThat(answer).isEmpty());
    }

    /** The first bytes of the answer; empty if the server closes, or waits for what was promised. */
    private static String send(int port, String request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            byte[] first = new byte[2000];
            int length = socket.getInputStream().read(first);
            return length < 0 ? "" : new String(first, 0, length, StandardCharsets.ISO_8859_1);
        } catch (SocketTimeoutException silence) {
            return "";
        }
    }
}
