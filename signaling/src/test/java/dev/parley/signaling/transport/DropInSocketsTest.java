package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.LeakCheck;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The drop-in endpoints through the whole pipeline, from the request to the frames. */
@ExtendWith(LeakCheck.class)
class DropInSocketsTest {
    private final HubHarness harness = new HubHarness();

    @AfterEach
    void nothingIsLeft() {
        harness.closeAll();
    }

    private HttpChannel socket(String target) {
        HttpChannel channel = harness.connect();
        channel.sendAscii(HttpRequests.upgrade().replace("GET /ws ", "GET " + target + " "));
        assertThat(channel.sentAscii()).startsWith("HTTP/1.1 101 ");
        harness.settle();
        return channel;
    }

    private HttpChannel peer(String id) {
        return socket("/peerjs/peerjs?key=peerjs&id=" + id + "&token=t&version=1.5.5");
    }

    private String get(String target, String headers) {
        HttpChannel channel = harness.connect();
        channel.sendAscii("GET " + target + " HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n");
        return channel.sentAscii();
    }

    private void say(HttpChannel channel, String text) {
        channel.sendText(text);
        harness.settle();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/peerjs/peerjs", "/peerjs/peerjs/", "/peerjs"})
    void aPeerIsOpenedAtThePathOfTheStockServerWithAndWithoutSlash(String path) {
        HttpChannel ann = socket(path + "?key=peerjs&id=ann&token=t");
        assertThat(ann.sentFrames()).containsExactly("{\"type\":\"OPEN\"}");
    }

    @Test
    void framesGoFromPeerToPeer() {
        HttpChannel ann = peer("ann");
        HttpChannel bob = peer("b%20ob");
        bob.sent();
        say(ann, "{\"type\":\"OFFER\",\"dst\":\"b ob\",\"payload\":{}}");
        assertThat(bob.sentFrames())
                .containsExactly("{\"type\":\"OFFER\",\"src\":\"ann\",\"dst\":\"b ob\",\"payload\":{}}");
    }

    @Test
    void whoIsNotAdmittedGetsItsErrorAndAClosureWithoutStatus() {
        HttpChannel eve = socket("/peerjs/peerjs?key=wrong&id=eve&token=t");
        assertThat(eve.sentFrames().toString()).contains("Invalid key provided").endsWith(", close]");
    }

    @Test
    void theRequestsOfPeerJsAreAnswered() {
        assertThat(get("/peerjs", "")).startsWith("HTTP/1.1 200 ").endsWith(PeerJsRoutes.ABOUT);
        assertThat(get("/peerjs/", "")).startsWith("HTTP/1.1 200 ");
        assertThat(get("/peerjs/peerjs/id?ts=1&version=1.5.5", ""))
                .startsWith("HTTP/1.1 200 ")
                .contains("content-type: text/html; charset=utf-8")
                .containsPattern("\r\n\r\n[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");
        assertThat(get("/peerjs/peerjs/peers", "")).startsWith("HTTP/1.1 401 ").endsWith("\r\n\r\nUnauthorized");
        assertThat(get("/peerjs/peerjs/other", "")).startsWith("HTTP/1.1 404 ");
        assertThat(get("/peerjsother", "")).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void pagesOfAllowedOriginsMayReadTheAnswersAndOthersNot() {
        assertThat(get("/peerjs/peerjs/id", "Origin: https://app.example.org\r\n"))
                .contains("access-control-allow-origin: https://app.example.org")
                .contains("vary: Origin");
        assertThat(get("/peerjs/peerjs/id", "Origin: https://evil.example\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .doesNotContain("access-control-allow-origin");
        assertThat(get("/peerjs/peerjs/id", "")).doesNotContain("access-control-allow-origin");
    }

    @Test
    void aPreflightIsAnsweredWithTheStockServersMethods() {
        HttpChannel channel = harness.connect();
        channel.sendAscii(HttpRequests.of(
                "OPTIONS /peerjs/peerjs/id HTTP/1.1",
                "Host: h",
                "Origin: https://app.example.org",
                "Access-Control-Request-Headers: x-one"));
        assertThat(channel.sentAscii())
                .startsWith("HTTP/1.1 204 ")
                .contains("access-control-allow-methods: GET,HEAD,PUT,PATCH,POST,DELETE")
                .contains("access-control-allow-headers: x-one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/peerjs/peerjs?key=peerjs&id=a&token=t", "/topics", "/tracker"})
    void aForeignPageGetsNoSocket(String target) {
        HttpChannel channel = harness.connect();
        channel.sendAscii(HttpRequests.upgrade()
                .replace("GET /ws ", "GET " + target + " ")
                .replaceFirst("\r\n", "\r\nOrigin: https://evil.example\r\n"));
        assertThat(channel.sentAscii()).startsWith("HTTP/1.1 403 ");
    }

    @Test
    void topicsAreHealthyAndPublishToTheSenderToo() {
        assertThat(get("/topics", "")).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\nokay");
        HttpChannel ann = socket("/topics?token=anything");
        say(ann, "{\"type\":\"subscribe\",\"topics\":[\"t\"]}");
        say(ann, "{\"type\":\"publish\",\"topic\":\"t\",\"data\":1}");
        assertThat(ann.sentFrames()).containsExactly("{\"type\":\"publish\",\"topic\":\"t\",\"data\":1,\"clients\":1}");
        assertThat(harness.counters.dropIn(DropInName.TOPICS).connections()).isEqualTo(1);
    }

    @Test
    void theTrackerAnswersAndIsNoPage() {
        assertThat(get("/tracker", "")).startsWith("HTTP/1.1 400 ");
        HttpChannel ann = socket("/tracker");
        say(
                ann,
                "{\"action\":\"announce\",\"info_hash\":\"" + "h".repeat(20) + "\",\"peer_id\":\"" + "p".repeat(20)
                        + "\"}");
        assertThat(ann.sentFrames().toString()).contains("\"incomplete\":1");
    }

    @Test
    void aMessageOverTheCapClosesThatConnectionAlone() {
        HttpChannel ann = peer("ann");
        HttpChannel bob = peer("bob");
        ann.sent();
        bob.sent();
        say(ann, "x".repeat(65_537));
        assertThat(ann.sentFrames().toString()).contains("close 1009");
        say(bob, "{\"type\":\"OFFER\",\"dst\":\"bob\"}");
        assertThat(bob.sentFrames()).hasSize(1);
    }

    @Test
    void aSilentSubscriberIsPingedAndThenClosed() {
        HttpChannel ann = socket("/topics");
        harness.advance(25, TimeUnit.SECONDS);
        assertThat(ann.sentFrames()).containsExactly("ping");
        harness.advance(35, TimeUnit.SECONDS);
        assertThat(ann.sentFrames().toString()).contains("close 4013");
    }
}
