package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.SessionId;
import dev.parley.testing.LeakCheck;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What sessions over plain HTTP do not do: section 3, row 27, and section 4, row 16, of the security list. */
@ExtendWith(LeakCheck.class)
class HttpSessionRefusalsTest {
    private static final String HELLO = "{\"type\":\"hello\"}";

    private final HubHarness harness = new HubHarness();

    @AfterEach
    void end() {
        harness.closeAll();
        assertThat(harness.counters.faults()).isZero();
        assertThat(harness.counters.pollsWaiting() + harness.counters.streamsOpen())
                .isZero();
    }

    private String raw(String head, String body) {
        HttpChannel channel = harness.connect();
        channel.sendAscii(HttpRequests.of(head.split("\\|", -1)) + body);
        harness.settle();
        return channel.sentAscii();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "x.y", "AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "."})
    void wrongKeyIsRefusedAlikeWhateverIsWrongWithIt(String key) {
        for (String head : List.of(
                "GET /events HTTP/1.1|Host: h",
                "GET /events HTTP/1.1|Host: h|Accept: application/json",
                "POST /messages HTTP/1.1|Host: h|Content-Length: 2")) {
            assertThat(raw(head + "|Parley-Session: " + key, head.startsWith("POST") ? "{}" : ""))
                    .startsWith("HTTP/1.1 404 ")
                    .contains("{\"error\":\"no-such-session\"");
        }
    }

    @Test
    void keyOfASessionWithAnotherSecretIsRefused() {
        HttpClientLine ann = new HttpClientLine(harness).hello();
        String stranger = ann.key().substring(0, 23)
                + new FreshIds().lineKeyOf(harnessSession(ann)).secret();
        assertThat(raw("GET /events HTTP/1.1|Host: h|Parley-Session: " + stranger, ""))
                .startsWith("HTTP/1.1 404 ");
        assertThat(raw("GET /events HTTP/1.1|Host: h|Parley-Session: " + ann.key() + "|Parley-Session: x", ""))
                .startsWith("HTTP/1.1 404 ");
        assertThat(raw("GET /events?session=" + ann.key() + " HTTP/1.1|Host: h", ""))
                .startsWith("HTTP/1.1 404 ");
        assertThat(new FreshIds().lineKeyOf(harnessSession(ann)).toString()).endsWith(".***]");
    }

    private static SessionId harnessSession(HttpClientLine client) {
        return new SessionId(client.key().substring(0, 22));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "405;GET /messages HTTP/1.1|Host: h",
                "405;POST /events HTTP/1.1|Host: h",
                "411;POST /messages HTTP/1.1|Host: h",
                "400;POST /messages HTTP/1.1|Host: h|Transfer-Encoding: chunked",
                "413;POST /messages HTTP/1.1|Host: h|Content-Length: 65537",
                "413;POST /messages HTTP/1.1|Host: h|Content-Length: 99999999999999",
                "413;GET /events HTTP/1.1|Host: h|Content-Length: 5",
                "415;POST /messages HTTP/1.1|Host: h|Content-Length: 5|Content-Encoding: gzip",
                "415;POST /messages HTTP/1.1|Host: h|Content-Length: 5|Content-Type: multipart/form-data",
                "400;GET /events?received=-1 HTTP/1.1|Host: h|Parley-Session: a.b",
                "400;GET /events HTTP/1.1|Host: h|Parley-Session: a.b|Last-Event-ID: x",
                "403;GET /events HTTP/1.1|Host: h|Origin: null",
                "403;POST /messages HTTP/1.1|Host: h|Content-Length: 2|Origin: null",
                "403;POST /messages HTTP/1.1|Host: h|Content-Length: 2|Origin: https://app.example.org.evil.example",
                "403;OPTIONS /messages HTTP/1.1|Host: h|Origin: https://evil.example"
            })
    void requestThatBreaksARuleIsAnsweredOnceAndNotKept(int status, String head) {
        HttpChannel channel = harness.connect();
        channel.sendAscii(HttpRequests.of(head.split("\\|", -1)));
        harness.settle();
        String answer = channel.sentAscii();

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("{\"error\":\"");
        assertThat(answer).containsIgnoringCase("cache-control: no-store");
        assertThat(channel.isOpen()).isFalse();
        assertThat(answer.contains("evil") || answer.contains("origin: null")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"ping\"}", "{\"type\":\"join\",\"room\":\"r\"}", "nonsense", "[]", "\n"})
    void withoutAKeyOnlyHelloAndResumeAreHeard(String body) {
        assertThat(raw("POST /messages HTTP/1.1|Host: h|Content-Length: " + body.length(), body))
                .startsWith("HTTP/1.1 400 ")
                .contains("{\"error\":\"hello-expected\"");
    }

    @Test
    void helloIsAlone() {
        String two = HELLO + "\n" + HELLO;
        assertThat(raw("POST /messages HTTP/1.1|Host: h|Content-Length: " + two.length(), two))
                .startsWith("HTTP/1.1 400 ");
        assertThat(harness.counters.sessions()).isZero();
    }

    @Test
    void bodyMayBeAsLongAsAMessageAndNoLonger() {
        HttpClientLine ann = new HttpClientLine(harness).hello();
        String join = "{\"type\":\"join\",\"room\":\"r\",\"seq\":1}";
        assertThat(ann.post(join + " ".repeat(65_536 - join.length()))).contains("\"ack\":1");
        assertThat(ann.post(join + " ".repeat(65_537 - join.length()))).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void messagesOfOneRequestAreCounted() {
        HubHarness few = new HubHarness(HubLimits.defaults().with(HubLimit.POST_MESSAGES, 3));
        HttpClientLine ann = new HttpClientLine(few).hello();
        assertThat(ann.post("[{\"type\":\"ping\"},{\"type\":\"ping\"},{\"type\":\"ping\"}]"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(ann.post("{\"type\":\"ping\"}\n".repeat(4))).startsWith("HTTP/1.1 413 ");
        few.closeAll();
    }

    @Test
    void bodyThatIsNotUtf8IsRefused() {
        assertThat(raw("POST /messages HTTP/1.1|Host: h|Content-Length: 3", "\"\u00ff\""))
                .startsWith("HTTP/1.1 400 ")
                .contains("bad-utf8");
    }

    @Test
    void bodyThatDripsEndsWithTheDeadlineForRequests() {
        HttpChannel channel = harness.connect();
        channel.sendAscii(HttpRequests.of("POST /messages HTTP/1.1", "Host: h", "Content-Length: 60"));
        for (int second = 0; second < 9; second++) {
            channel.sendAscii(" ");
            harness.advance(1, TimeUnit.SECONDS);
        }
        assertThat(channel.isOpen()).isTrue();
        harness.advance(1, TimeUnit.SECONDS);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void whoeverAsksAgainBeforeTheAnswerIsCutOff() {
        HttpClientLine ann = new HttpClientLine(harness).hello();
        HttpChannel channel = harness.connect();
        String poll = HttpRequests.of(
                "GET /events HTTP/1.1", "Host: h", "Accept: application/json", "Parley-Session: " + ann.key());
        channel.sendAscii(poll + poll.repeat(1000));
        harness.settle();
        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.sentAscii()).isEmpty();
    }

    @Test
    void pagesOfAllowedOriginsMayReadTheAnswers() {
        String origin = "https://app.example.org";
        assertThat(raw("OPTIONS /messages HTTP/1.1|Host: h|Origin: " + origin, ""))
                .startsWith("HTTP/1.1 204 ")
                .containsIgnoringCase("\r\naccess-control-allow-origin: " + origin + "\r\n")
                .containsIgnoringCase("\r\naccess-control-allow-headers: Authorization, Content-Type, Last-Event-ID, "
                        + "Parley-Session\r\n")
                .doesNotContainIgnoringCase("allow-credentials");
        assertThat(raw(
                        "POST /messages HTTP/1.1|Host: h|Origin: " + origin + "|Content-Length: " + HELLO.length(),
                        HELLO))
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("\r\naccess-control-allow-origin: " + origin + "\r\n")
                .containsIgnoringCase("\r\naccess-control-expose-headers: Parley-Session\r\n");
        assertThat(raw("GET /events HTTP/1.1|Host: h|Parley-Session: a.b|Origin: " + origin, ""))
                .startsWith("HTTP/1.1 404 ")
                .containsIgnoringCase("\r\naccess-control-allow-origin: " + origin + "\r\n");
    }

    @Test
    void withoutResumingThereIsNoWayToGoOnBetweenRequests() {
        HubHarness forgetful = new HubHarness(HubLimits.defaults().with(HubLimit.RESUME_SECONDS, 0));
        assertThat(new HttpClientLine(forgetful).request("POST", "/messages", HELLO))
                .startsWith("HTTP/1.1 404 ");
        forgetful.closeAll();
    }

    @Test
    void answerIsNotLongerThanWhatMayWaitForOneClient() {
        HubCounters counters = new HubCounters();
        MessageArray array = new MessageArray(HubLimits.defaults(), counters);
        for (int i = 1; i <= 300; i++) {
            array.add(new Outgoing.Text(ByteBufUtil.writeAscii(ByteBufAllocator.DEFAULT, "{}"), i));
        }
        var body = array.finish();
        assertThat(body.toString(StandardCharsets.US_ASCII).split(",", -1)).hasSize(256);
        body.release();
    }
}
