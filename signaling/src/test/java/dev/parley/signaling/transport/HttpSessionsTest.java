package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.testing.LeakCheck;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sessions over plain HTTP: section 4, rows 16 and 22, of the security list. */
@ExtendWith(LeakCheck.class)
class HttpSessionsTest {
    private final HubHarness harness = new HubHarness();

    @AfterEach
    void end() {
        harness.closeAll();
        assertThat(harness.outboxes.size()).isZero();
        assertThat(List.of(harness.counters.pollsWaiting(), harness.counters.streamsOpen()))
                .containsOnly(0L);
        assertThat(harness.counters.faults()).isZero();
    }

    private HttpClientLine joined(String room) {
        HttpClientLine client = new HttpClientLine(harness).hello();
        client.post("{\"type\":\"join\",\"room\":\"" + room + "\",\"seq\":1}");
        return client;
    }

    @Test
    void helloIsAnsweredWithTheWelcomeAndAKey() {
        HttpClientLine ann = new HttpClientLine(harness);
        String answer = ann.request("POST", "/messages", "{\"type\":\"hello\"}");

        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK")
                .containsIgnoringCase("\r\ncache-control: no-store\r\n")
                .containsIgnoringCase("\r\nvary: Origin, Authorization, Parley-Session\r\n")
                .containsPattern("(?i)\r\nparley-session: [A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}\r\n")
                .contains("\r\n\r\n[{\"type\":\"welcome\",")
                .endsWith("}]");
        assertThat(harness.counters.sessions()).isOne();
    }

    @Test
    void waitingPollIsAnsweredAsSoonAsThereIsSomething() {
        HttpClientLine ann = joined("r");
        assertThat(ann.poll()).contains("[{\"seq\":1,\"type\":\"joined\"");
        assertThat(ann.poll()).isEmpty();
        assertThat(harness.counters.pollsWaiting()).isOne();
        HttpClientLine bob = joined("r");
        assertThat(ann.pollAnswer()).startsWith("HTTP/1.1 200 OK").contains("[{\"seq\":2,\"type\":\"member-joined\"");
        bob.post("{\"type\":\"signal\",\"room\":\"r\",\"data\":1,\"seq\":2}\n"
                + "{\"type\":\"signal\",\"room\":\"r\",\"data\":2,\"seq\":3}");
        assertThat(ann.poll())
                .containsSubsequence("\"seq\":3,", "\"data\":1", "\"seq\":4,", "\"data\":2")
                .doesNotContain("\"seq\":2,");
        assertThat(ann.poll()).isEmpty();
    }

    @Test
    void pollWithoutMessagesIsAnsweredWithNoneAndTheConnectionGoesOn() {
        HttpClientLine ann = joined("r");
        ann.poll();
        assertThat(ann.poll()).isEmpty();
        harness.advance(24, TimeUnit.SECONDS);
        assertThat(ann.pollAnswer()).isEmpty();
        harness.advance(1, TimeUnit.SECONDS);
        assertThat(ann.pollAnswer()).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\n[]");
        for (int round = 0; round < 5; round++) {
            assertThat(ann.poll()).isEmpty();
            harness.advance(25, TimeUnit.SECONDS);
            assertThat(ann.pollAnswer()).endsWith("\r\n\r\n[]");
        }
        assertThat(harness.counters.sessions()).isOne();
    }

    @Test
    void streamBringsEventsWithTheirNumbersAndComments() {
        HttpClientLine ann = joined("r");
        assertThat(ann.stream())
                .startsWith("HTTP/1.1 200 OK")
                .containsIgnoringCase("\r\ncontent-type: text/event-stream\r\n")
                .containsIgnoringCase("\r\ncache-control: no-store\r\n")
                .containsIgnoringCase("\r\nx-accel-buffering: no\r\n")
                .contains("\r\n\r\n:\n\nid: 1\ndata: {\"seq\":1,\"type\":\"joined\"")
                .endsWith("}\n\n");
        HttpClientLine bob = joined("r");
        bob.post("{\"type\":\"signal\",\"room\":\"r\",\"data\":1,\"seq\":2}");
        assertThat(ann.streamed())
                .startsWith("id: 2\ndata: {\"seq\":2,\"type\":\"member-joined\"")
                .contains("\n\nid: 3\ndata: {\"seq\":3,\"type\":\"signal\"");
        harness.advance(26, TimeUnit.SECONDS);
        assertThat(ann.streamed()).isEqualTo(":\n\n");
        assertThat(harness.counters.streamsOpen()).isOne();
    }

    @Test
    void lineEndsInDataDoNotEndAnEvent() {
        HttpClientLine ann = joined("r");
        HttpClientLine bob = joined("r");
        ann.stream();
        bob.post("[{\"type\":\"signal\",\"room\":\"r\",\"seq\":2,\"data\":{\r\n\"a\":\n1}}]");
        assertThat(ann.streamed()).endsWith("\"data\":{  \"a\": 1},\"broadcast\":true}\n\n");
    }

    @Test
    void streamThatBreaksGoesOnAfterTheLastEvent() {
        HttpClientLine ann = joined("r");
        ann.stream();
        ann.breakStream();
        HttpClientLine bob = joined("r");
        bob.post("{\"type\":\"signal\",\"room\":\"r\",\"data\":1,\"seq\":2}");
        assertThat(ann.stream("Last-Event-ID: 1"))
                .doesNotContain("\"seq\":1,")
                .containsSubsequence("id: 2\n", "id: 3\n");
        assertThat(harness.memberships).doesNotContain("departed r");
    }

    @Test
    void secondPollOrStreamReplacesTheFirst() {
        HttpClientLine ann = joined("r");
        ann.poll();
        assertThat(ann.poll()).isEmpty();
        HttpClientLine twin = ann.twin();
        assertThat(twin.poll()).isEmpty();
        assertThat(ann.pollAnswer()).endsWith("[{\"type\":\"closed\",\"code\":4001,\"reason\":\"replaced\"}]");
        assertThat(ann.stream()).contains(":\n\n");
        assertThat(twin.pollAnswer()).contains("\"replaced\"");
        assertThat(harness.counters.pollsWaiting() + harness.counters.streamsOpen())
                .isOne();
    }

    @Test
    void repeatedPostIsNotCarriedOutTwice() {
        HttpClientLine ann = joined("r");
        HttpClientLine bob = joined("r");
        ann.poll();
        String signal = "{\"type\":\"signal\",\"room\":\"r\",\"data\":1,\"seq\":2}";
        assertThat(bob.post(signal)).endsWith("[{\"type\":\"ack\",\"ack\":2}]");
        assertThat(bob.post(signal)).endsWith("[{\"type\":\"ack\",\"ack\":2}]");
        assertThat(ann.poll()).containsOnlyOnce("\"type\":\"signal\"");
    }

    @Test
    void byeEndsTheSessionAtOnce() {
        HttpClientLine ann = joined("r");
        HttpClientLine bob = joined("r");
        ann.stream();
        assertThat(ann.post("{\"type\":\"bye\"}")).startsWith("HTTP/1.1 200 OK");
        assertThat(ann.streamed())
                .endsWith("event: closed\ndata: {\"type\":\"closed\",\"code\":1000,\"reason\":\"bye\"}\n\n");
        assertThat(ann.isStreamOpen()).isFalse();
        assertThat(ann.post("{\"type\":\"ping\"}")).startsWith("HTTP/1.1 404 ");
        assertThat(bob.poll()).contains("\"member-left\"", "\"reason\":\"left\"");
    }

    @Test
    void pageThatGoesAwaySaysByeWithoutAHeader() {
        HttpClientLine ann = joined("r");
        String wrong = ann.key().replaceFirst(".$", ann.key().endsWith("A") ? "B" : "A");
        HttpClientLine beacon = new HttpClientLine(harness);
        assertThat(beacon.request("POST", "/messages", "{\"type\":\"bye\",\"session\":\"" + wrong + "\"}"))
                .startsWith("HTTP/1.1 404 ");
        assertThat(harness.counters.sessions()).isOne();
        new HttpClientLine(harness)
                .request("POST", "/messages", "{\"type\":\"bye\",\"session\":\"" + ann.key() + "\"}");
        assertThat(harness.counters.sessions()).isZero();
    }

    @Test
    void webSocketTakesTheSessionOverAndTheKeyIsVoid() {
        HttpClientLine ann = joined("r");
        ann.poll();
        ann.poll();
        HttpChannel socket = harness.connectSilently();
        socket.sendText("{\"type\":\"resume\",\"token\":\"" + ann.resumeToken() + "\",\"received\":1}");
        harness.settle();

        assertThat(socket.sentFrames()).singleElement().asString().startsWith("{\"type\":\"resumed\"");
        assertThat(ann.pollAnswer()).contains("\"replaced\"");
        assertThat(ann.poll()).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void httpTakesOverFromAWebSocket() {
        HttpChannel socket = harness.connectWebSocket();
        String token = HttpClientLine.tokenIn(socket.sentFrames().getFirst());
        HttpClientLine ann = new HttpClientLine(harness);
        assertThat(ann.request("POST", "/messages", "{\"type\":\"resume\",\"token\":\"" + token + "\",\"received\":0}"))
                .contains("[{\"type\":\"resumed\"");
        assertThat(socket.sentFrames()).containsExactly("close 4001 replaced");
        assertThat(ann.post("{\"type\":\"join\",\"room\":\"r\",\"seq\":1}")).contains("\"ack\":1");
    }

    @Test
    void unknownTokenIsRefusedAndHelloFollows() {
        HttpClientLine ann = new HttpClientLine(harness);
        assertThat(ann.request("POST", "/messages", "{\"type\":\"resume\",\"token\":\"a.b\",\"received\":0}"))
                .contains("[{\"type\":\"error\",\"code\":\"no-such-session\"")
                .doesNotContainIgnoringCase("parley-session: ");
        assertThat(ann.hello().key()).isNotEmpty();
    }

    @Test
    void drainTellsWhoeverWaits() {
        HttpClientLine ann = joined("r");
        ann.poll();
        ann.poll();
        HttpClientLine bob = joined("s");
        bob.stream();
        harness.hub.drain();
        harness.settle();
        assertThat(ann.pollAnswer()).contains("\"code\":4010,\"reason\":\"going-away; reconnect-after=");
        assertThat(bob.streamed()).contains("\"code\":4010,\"reason\":\"going-away; reconnect-after=");
        assertThat(ann.isOpen() || bob.isStreamOpen()).isFalse();
    }

    @Test
    void floodIsToldInTheAnswerWhenNothingElseIsThere() {
        HubHarness strict = new HubHarness(
                HubLimits.defaults().with(HubLimit.MESSAGE_BURST, 3).with(HubLimit.WARNING_BURST, 2));
        HttpClientLine ann = new HttpClientLine(strict).hello();
        assertThat(ann.post("{\"type\":\"ping\"}\n".repeat(10))).contains("\"code\":4008,\"reason\":\"flood; ");
        assertThat(strict.counters.sessions()).isZero();
        strict.closeAll();
    }

    @Test
    void sessionOverTheLimitIsToldSo() {
        HubHarness one = new HubHarness(HubLimits.defaults().with(HubLimit.SESSIONS, 1));
        new HttpClientLine(one).hello();
        assertThat(new HttpClientLine(one).request("POST", "/messages", "{\"type\":\"hello\"}"))
                .contains("[{\"type\":\"closed\",\"code\":1013,\"reason\":\"try-later; reconnect-after=")
                .doesNotContainIgnoringCase("parley-session: ");
        one.closeAll();
        assertThat(one.outboxes.size()).isZero();
    }
}
