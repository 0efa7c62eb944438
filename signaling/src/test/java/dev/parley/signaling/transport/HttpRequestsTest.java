package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.testing.LeakCheck;
import io.netty.handler.codec.DecoderException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes before, and instead of, a WebSocket. */
@ExtendWith(LeakCheck.class)
class HttpRequestsTest {
    private static final String PAGE = HttpRequests.of("GET /hub-test.html HTTP/1.1", "Host: h");

    private final HubHarness harness = new HubHarness();

    @AfterEach
    void end() {
        harness.closeAll();
    }

    /** The codec throws at a client that asks faster than it reads; only other exceptions are our mistakes. */
    @Test
    void whatTheCodecThrowsAtAClientIsNoMistakeOfTheServer() {
        HttpChannel tooDeep = harness.connect();
        tooDeep.pipeline().fireExceptionCaught(new DecoderException("maxPipelineDepth exceeded"));
        assertThat(tooDeep.isOpen()).isFalse();
        assertThat(harness.counters.faults()).isZero();

        HttpChannel mistaken = harness.connect();
        mistaken.pipeline().fireExceptionCaught(new IllegalStateException("on purpose, by a test"));
        assertThat(mistaken.isOpen()).isFalse();
        assertThat(harness.counters.faults()).isOne();
    }

    /** Status, then the lines of the request with bars between. */
    static Stream<Arguments> malformedRequests() {
        String longLine = "GET /" + "a".repeat(RequestRules.MAX_LINE_BYTES) + " HTTP/1.1";
        String manyHeaders = IntStream.range(0, RequestRules.MAX_HEADERS + 1)
                .mapToObj(i -> "a" + i + ": b")
                .collect(Collectors.joining("|"));
        return Stream.of(
                        "405 POST /hub-test.html HTTP/1.1|Host: h",
                        "405 DELETE /hub-test.html HTTP/1.1|Host: h",
                        "405 POST /ws HTTP/1.1|Host: h",
                        "413 POST /hub-test.html HTTP/1.1|Host: h|Content-Length: 5",
                        "413 GET /hub-test.html HTTP/1.1|Host: h|Content-Length: 5",
                        "415 POST / HTTP/1.1|Host: h|Content-Length: 5|Content-Encoding: gzip",
                        "415 GET / HTTP/1.1|Host: h|Content-Encoding: br",
                        "415 POST / HTTP/1.1|Host: h|Content-Type: multipart/form-data; boundary=x",
                        "400 GET / HTTP/1.1",
                        "400 GET / HTTP/1.1|Host:",
                        "400 GET / HTTP/1.1|Host: h|Host: h",
                        "400 GET h HTTP/1.1|Host: h",
                        "400 GET http://h/ HTTP/1.1|Host: h",
                        "400 CONNECT h:443 HTTP/1.1|Host: h",
                        "400 nonsense",
                        "400 PRI * HTTP/2.0",
                        "400 GET / HTTP/1.1|Host: h|: x",
                        "400 GET / HTTP/1.1|Host : h",
                        "400 POST / HTTP/1.1|Host: h|Transfer-Encoding: chunked",
                        "400 POST / HTTP/1.1|Host: h|Transfer-Encoding: chunked, identity",
                        "400 POST / HTTP/1.1|Host: h|Transfer-Encoding: chunked|Content-Length: 4",
                        "400 POST / HTTP/1.0|Host: h|Transfer-Encoding: chunked|Content-Length: 4",
                        "400 POST / HTTP/1.1|Host: h|Content-Length: 4|Content-Length: 5",
                        "400 POST / HTTP/1.1|Host: h|Content-Length: -1",
                        "400 POST / HTTP/1.1|Host: h|Content-Length: 1x",
                        "505 GET /hub-test.html HTTP/1.0|Host: h",
                        "414 " + longLine + "|Host: h",
                        "431 GET / HTTP/1.1|Host: h|a: " + "b".repeat(RequestRules.MAX_HEADER_BYTES),
                        "431 GET / HTTP/1.1|Host: h|" + manyHeaders,
                        "400 GET /ws HTTP/1.1|Host: h",
                        "400 GET /ws HTTP/1.1|Host: h|Upgrade: websocket|Sec-WebSocket-Version: 13")
                .map(text -> Arguments.of(
                        Integer.parseInt(text.substring(0, 3)),
                        HttpRequests.of(text.substring(4).split("\\|", -1))));
    }

    static Stream<Arguments> badUpgrades() {
        String protocols = IntStream.range(0, 800).mapToObj(i -> "p" + i).collect(Collectors.joining(","));
        Stream<Arguments> versions = Stream.of("", "0", "7", "8", "14", "13, 8", "x")
                .map(version -> version.isEmpty() ? "" : "Sec-WebSocket-Version: " + version)
                .map(line -> Arguments.of(426, HttpRequests.upgradeWith("Sec-WebSocket-Version", line)));
        return Stream.concat(
                versions,
                Stream.of(
                        Arguments.of(400, HttpRequests.upgradeWith("Upgrade", "")),
                        Arguments.of(400, HttpRequests.upgradeWith("Upgrade", "Upgrade: h2c")),
                        Arguments.of(400, HttpRequests.upgradeWith("Connection", "")),
                        Arguments.of(400, HttpRequests.upgradeWith("Connection", "Connection: close")),
                        Arguments.of(400, HttpRequests.upgradeWith("Sec-WebSocket-Key", "")),
                        Arguments.of(400, HttpRequests.upgradeWith("Sec-WebSocket-Key", "Sec-WebSocket-Key: AA==")),
                        Arguments.of(400, HttpRequests.upgrade("Sec-WebSocket-Protocol: chat, parley.v2")),
                        Arguments.of(400, HttpRequests.upgrade("Sec-WebSocket-Protocol: parley.v1," + protocols)),
                        Arguments.of(403, HttpRequests.upgrade("Origin: null")),
                        Arguments.of(403, HttpRequests.upgrade("Origin: http://h.evil.example")),
                        Arguments.of(403, HttpRequests.upgrade("Origin: https://app.example.org.evil.example"))));
    }

    @ParameterizedTest
    @MethodSource({"malformedRequests", "badUpgrades"})
    void refusalIsOneAnswerInJsonAndTheEndOfTheConnection(int status, String request) {
        HttpChannel channel = harness.connect();
        channel.sendAscii(request + PAGE + PAGE);
        String answer = channel.sentAscii();

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer.split("HTTP/1\\.1 [0-9]", -1)).as("answers").hasSize(2);
        assertThat(answer)
                .containsIgnoringCase("x-content-type-options: nosniff")
                .contains("application/json")
                .contains("{\"error\":\"");
        assertThat(channel.isOpen()).isFalse();
        assertThat(harness.counters.requestsRefused()).isEqualTo(1);
    }

    @Test
    void pageHasTheHeadersThatProtectIt() {
        HttpChannel channel = harness.connect();
        channel.sendAscii(PAGE);

        assertThat(channel.sentAscii())
                .startsWith("HTTP/1.1 200 OK")
                .containsIgnoringCase("content-security-policy: default-src 'self'; ")
                .contains("frame-ancestors 'none'")
                .containsIgnoringCase("x-content-type-options: nosniff")
                .containsIgnoringCase("referrer-policy: no-referrer")
                .containsIgnoringCase("cache-control: no-cache")
                .containsIgnoringCase("content-type: text/html; charset=utf-8")
                .endsWith("<title>t</title>\n");
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void headHasTheHeadersAlone() {
        HttpChannel channel = harness.connect();
        channel.sendAscii(HttpRequests.of("HEAD /hub-test.html?x=y HTTP/1.1", "Host: h"));

        assertThat(channel.sentAscii())
                .startsWith("HTTP/1.1 200 OK")
                .containsIgnoringCase("content-length: 33")
                .endsWith("\r\n\r\n");
    }

    @Test
    void knownEtagIsAnsweredWithNotModified() {
        HttpChannel channel = harness.connect();
        channel.sendAscii(PAGE);
        String etag = channel.sentAscii().replaceAll("(?is).*\r\netag: ([^\r]+)\r.*", "$1");
        channel.sendAscii(HttpRequests.of(
                "GET /hub-test.html HTTP/1.1", "Host: h", "If-None-Match: " + etag, "Connection: close"));

        assertThat(channel.sentAscii()).startsWith("HTTP/1.1 304 ").endsWith("\r\n\r\n");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void missingFileKeepsTheConnection() {
        HttpChannel channel = harness.connect();
        for (String path : new String[] {
            "/none.html",
            "/",
            "/../web/hub-test.html",
            "/%2e%2e/x.html",
            "/hub-test.html/",
            "//hub-test.html",
            "/dev",
            "/ws/"
        }) {
            channel.sendAscii(HttpRequests.of("GET " + path + " HTTP/1.1", "Host: h"));
            String answer = channel.sentAscii();
            if (!path.equals("/")) { // there may be a page
                assertThat(answer).as(path).startsWith("HTTP/1.1 404 ").contains("\"not-found\"");
            }
        }
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void requestInPiecesIsWaitedForOnlySoLong() {
        HttpChannel channel = harness.connect();
        for (int i = 0; i < 9; i++) {
            harness.advance(1, TimeUnit.SECONDS);
            channel.sendAscii("GET / HTTP".substring(i, i + 1));
        }
        assertThat(channel.isOpen()).isTrue();
        harness.advance(1, TimeUnit.SECONDS);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void idleConnectionIsClosedTheSameTimeAfterItsLastRequest() {
        HttpChannel channel = harness.connect();
        harness.advance(9, TimeUnit.SECONDS);
        channel.sendAscii(PAGE);
        harness.advance(9, TimeUnit.SECONDS);
        assertThat(channel.isOpen()).isTrue();
        harness.advance(1, TimeUnit.SECONDS);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void webSocketIsNotBoundByTheRequestDeadline() {
        HttpChannel channel = harness.join("r");
        harness.advance(20, TimeUnit.SECONDS);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void addressHasItsConnectionsAndNotOneMore() {
        HubHarness few = new HubHarness(HubLimits.defaults().with(HubLimit.CONNECTIONS_PER_ADDRESS, 2));
        HttpChannel first = few.connect();
        assertThat(few.connect().isOpen()).isTrue();
        assertThat(few.connect().isOpen()).isFalse();
        assertThat(few.counters.connectionsRefused()).isEqualTo(1);
        first.close();
        assertThat(few.connect().isOpen()).isTrue();
        assertThat(few.counters.connections()).isEqualTo(2);
        few.closeAll();
        assertThat(few.counters.connections()).isZero();
    }

    @Test
    void serverHasItsConnectionsAndNotOneMore() {
        HubHarness few = new HubHarness(HubLimits.defaults().with(HubLimit.CONNECTIONS, 2));
        few.connect();
        assertThat(few.connect().isOpen()).isTrue();
        assertThat(few.connect().isOpen()).isFalse();
        few.closeAll();
    }

    @Test
    void upgradeIsAnsweredAsTheRfcDemands() {
        HttpChannel channel = harness.connect();
        channel.sendAscii(HttpRequests.upgrade(
                "Sec-WebSocket-Protocol: chat, parley.v1",
                "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99",
                "Origin: https://app.example.org"));

        assertThat(channel.sentAscii())
                .startsWith("HTTP/1.1 101 ")
                .containsIgnoringCase("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                .containsIgnoringCase("sec-websocket-protocol: parley.v1")
                .doesNotContainIgnoringCase("extensions");
        assertThat(harness.counters.upgrades()).isEqualTo(1);
    }
}
