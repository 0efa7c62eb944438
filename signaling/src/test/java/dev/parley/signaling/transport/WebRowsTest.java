package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.LeakCheck;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What broke HTTP and WebSocket servers, rows 55 to 67 of the security list, as far as no socket is needed. */
@ExtendWith(LeakCheck.class)
class WebRowsTest {
    private static final String PAGE = HttpRequests.of("GET /hub-test.html HTTP/1.1", "Host: h");
    private static final String ANSWERS = "HTTP/1\\.[01] [0-9]";

    private final HubHarness harness = new HubHarness();

    @AfterEach
    void end() {
        harness.closeAll();
        assertThat(harness.counters.faults()).isZero();
    }

    /** What a request of its own connection is answered with; the lines have bars between. */
    private String answerTo(String lines) {
        return answerToRaw(HttpRequests.of(lines.split("\\|", -1)));
    }

    private String answerToRaw(String request) {
        HttpChannel channel = harness.connect();
        channel.sendAscii(request);
        harness.settle();
        return channel.sentAscii();
    }

    private HttpChannel open() {
        HttpChannel channel = harness.connectWebSocket();
        channel.sentFrames();
        return channel;
    }

    @Test
    void row55EndlessFragmentsAreCutOffAtTheCapsOfFramesAndOfBytes() {
        for (int frameBytes : new int[] {1, 1025}) {
            HttpChannel channel = open();
            int sent = 0;
            List<String> answers = List.of();
            while (answers.isEmpty() && sent * frameBytes < 1 << 20) {
                channel.sendFrame(
                        sent == 0 ? 0x01 : 0x00, " ".repeat(frameBytes).getBytes(StandardCharsets.US_ASCII));
                sent++;
                answers = channel.sentFrames();
            }
            System.out.println("row 55: frames of " + frameBytes + " bytes end after " + sent);
            assertThat(answers).containsExactly("close 1009 too-big");
            assertThat(sent).isEqualTo(frameBytes == 1 ? 65 : 64);
        }
    }

    @Test
    void row56OnlyVersion13WithBothHeadersIsUpgraded() {
        for (String version : List.of("7", "8", "0", "")) {
            String line = version.isEmpty() ? "" : "Sec-WebSocket-Version: " + version;
            assertThat(answerToRaw(HttpRequests.upgradeWith("Sec-WebSocket-Version", line)))
                    .startsWith("HTTP/1.1 426 ")
                    .containsIgnoringCase("\r\nsec-websocket-version: 13\r\n");
        }
        assertThat(answerToRaw(HttpRequests.upgradeWith("Upgrade", ""))).startsWith("HTTP/1.1 400 ");
        assertThat(answerToRaw(HttpRequests.upgradeWith("Connection", ""))).startsWith("HTTP/1.1 400 ");
        assertThat(answerToRaw(HttpRequests.upgrade())).startsWith("HTTP/1.1 101 ");
    }

    @Test
    void row58AnswersAreNeverCompressed() {
        assertThat(answerTo("GET /hub-test.html HTTP/1.1|Host: h|Accept-Encoding: gzip, br, zstd, deflate"))
                .startsWith("HTTP/1.1 200 ")
                .doesNotContainIgnoringCase("content-encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd", "snappy", "identity", "x-unheard-of"})
    void row59EncodedBodiesAreRefused(String encoding) {
        for (String path : List.of("/messages", "/", "/ws", "/peerjs")) {
            assertThat(answerTo("POST " + path + " HTTP/1.1|Host: h|Content-Length: 0|Content-Encoding: " + encoding))
                    .as(path)
                    .startsWith("HTTP/1.1 415 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; server_max_window_bits=0",
                "permessage-deflate; server_max_window_bits=99",
                "permessage-deflate; client_max_window_bits=15; server_no_context_takeover",
                "permessage-deflate; server_max_window_bits=99999999999999999999",
                "x-webkit-deflate-frame"
            })
    void row60NoCompressionIsEverAgreedOn(String extension) {
        HttpChannel channel = harness.connect();
        channel.sendAscii(HttpRequests.upgrade("Sec-WebSocket-Extensions: " + extension));
        assertThat(channel.sentAscii())
                .startsWith("HTTP/1.1 101 ")
                .doesNotContainIgnoringCase("sec-websocket-extensions");
        channel.sendFrame(0xC1, new byte[1024]); // what would inflate, were it agreed on
        harness.settle();
        assertThat(channel.sentFrames()).containsExactly("close 1002 protocol-error");
    }

    static Stream<String> smuggling() {
        String post = "POST /messages HTTP/1.1\r\nHost: h\r\n";
        String chunks = "Transfer-Encoding: chunked\r\n\r\n";
        return Stream.of(
                post + chunks + "2;a=\nxx\r\n0\r\n\r\n",
                post + chunks + "100000004\r\n{}\r\n0\r\n\r\n",
                post + "Content-Length: 2\r\n" + chunks + "2\r\n{}\r\n0\r\n\r\n",
                "POST /messages HTTP/1.0\r\nHost: h\r\nContent-Length: 2\r\n" + chunks + "0\r\n\r\n",
                post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                post + "Transfer-Encoding: identity\r\n\r\n",
                post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                post + "Content-Length: 2, 2\r\n\r\n{}",
                post + "Content-Length: +2\r\n\r\n{}",
                post + "Content-Length: 2\nX: y\r\n\r\n{}",
                post + "Content-Length: 2\r\n X: folded\r\n\r\n{}",
                post + "Content-Length: 2\r\nX: a\u0000b\r\n\r\n{}",
                "\u0001GET / HTTP/1.1\r\nHost: h\r\n\r\n",
                "\u0000\u0000GET / HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET / HTTP/1.1\rHost: h\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("smuggling")
    void row61RequestsOfTwoReadingsAreRefusedAndNothingIsReadAfterThem(String request) {
        HttpChannel channel = harness.connect();
        channel.sendAscii(request + PAGE);
        harness.settle();
        String answer = channel.sentAscii();
        assertThat(answer).startsWith("HTTP/1.1 4");
        assertThat(answer.split(ANSWERS, -1))
                .as("answers, and what is before them")
                .hasSize(2);
        assertThat(channel.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "http://h.evil.example",
                "http://evilh",
                "http://sub.h",
                "http://h:81",
                "https://app.example.org.evil.example",
                "https://evil-app.example.org",
                "https://sub.app.example.org",
                "http://app.example.org",
                "https://app.example.org:8443",
                "http://h, https://app.example.org"
            })
    void row62ForeignOriginsAreRefusedAtEveryDoor(String origin) {
        for (String path : List.of("/ws", "/peerjs/peerjs?key=peerjs&id=a&token=t", "/topics", "/tracker")) {
            String upgrade = HttpRequests.upgrade("Origin: " + origin).replace("GET /ws", "GET " + path);
            assertThat(answerToRaw(upgrade)).as(path).startsWith("HTTP/1.1 403 ");
        }
        assertThat(answerTo("POST /messages HTTP/1.1|Host: h|Content-Length: 2|Origin: " + origin))
                .startsWith("HTTP/1.1 403 ")
                .doesNotContainIgnoringCase("access-control-allow-origin");
    }

    @Test
    void row62VaryNamesAuthorizationAndOrigin() {
        assertThat(answerTo("OPTIONS /messages HTTP/1.1|Host: h|Origin: https://app.example.org"))
                .startsWith("HTTP/1.1 204 ")
                .containsIgnoringCase("\r\nvary: Origin, Authorization, Parley-Session\r\n");
    }

    @Test
    void row65ThePrefaceOfHttp2IsNoRequest() {
        HttpChannel channel = harness.connect();
        channel.sendAscii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        assertThat(channel.sentAscii()).startsWith("HTTP/1.1 400 ");
        assertThat(channel.isOpen()).isFalse();
        assertThat(answerTo(
                        "GET / HTTP/1.1|Host: h|Connection: Upgrade, HTTP2-Settings|Upgrade: h2c|HTTP2-Settings: AA"))
                .doesNotStartWith("HTTP/1.1 101 ");
    }

    @Test
    void row66MultipartIsRefused() {
        for (String kind : List.of("multipart/form-data; boundary=x", "MULTIPART/mixed", "multipart/")) {
            assertThat(answerTo("POST /messages HTTP/1.1|Host: h|Content-Length: 100000|Content-Type: " + kind))
                    .startsWith("HTTP/1.1 415 ");
        }
    }

    @Test
    void row67ManyHeadersLongListsAndHugeLengthsAreRefusedAtOnce() {
        assertThat(answerTo("GET / HTTP/1.1|Host: h" + "|a: b".repeat(2000))).startsWith("HTTP/1.1 431 ");
        String protocols = "parley.v1," + "p,".repeat(4096);
        assertThat(answerToRaw(HttpRequests.upgrade("Sec-WebSocket-Protocol: " + protocols)))
                .startsWith("HTTP/1.1 400 ");
        HttpChannel channel = open();
        channel.writeInbound(
                Unpooled.wrappedBuffer(new byte[] {(byte) 0x81, (byte) 0xFF, 0x7F, -1, -1, -1, -1, -1, -1, -1}));
        assertThat(channel.sentFrames()).containsExactly("close 1009 too-big");
    }
}
