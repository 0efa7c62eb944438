package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.testing.LeakCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The signaling security list (section 4), by its lines, from the first byte to the last but without sockets. */
@ExtendWith(LeakCheck.class)
class SecurityListTest {
    private static final String JOIN = "{\"type\":\"join\",\"room\":\"garden\"}";
    private static final String REFUSED =
            "\"type\":\"error\",\"code\":\"join-refused\",\"message\":\"This room cannot be joined now; try"
                    + " later.\",\"room\":\"garden\"}";

    private final HubHarness harness = new HubHarness(HubLimits.defaults().with(HubLimit.ROOMS, 2));

    @AfterEach
    void end() {
        harness.closeAll();
        assertThat(harness.outboxes.size()).isZero();
        assertThat(harness.counters.faults()).isZero();
    }

    private HttpChannel open() {
        HttpChannel channel = harness.connectWebSocket();
        channel.sentFrames();
        return channel;
    }

    private List<String> answerTo(HttpChannel channel, String text) {
        channel.sendText(text);
        harness.settle();
        return channel.sentFrames();
    }

    private String answerToRequest(String... lines) {
        HttpChannel channel = harness.connect();
        channel.sendAscii(HttpRequests.of(lines));
        harness.settle();
        return channel.sentAscii();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example.org", "http://h"})
    void section4Line1ListedAndOwnOriginsMayConnect(String origin) {
        HttpChannel channel = harness.connect();
        channel.sendAscii(HttpRequests.upgrade("Origin: " + origin));
        assertThat(channel.sentAscii()).startsWith("HTTP/1.1 101 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "https://sub.app.example.org", "https://app.example.org.evil.example", "http://h:1"})
    void section4Line1OthersMayNotWithOrWithoutACookie(String origin) {
        for (String cookie : List.of("A: b", "Cookie: session=1")) {
            HttpChannel channel = harness.connect();
            channel.sendAscii(HttpRequests.upgrade("Origin: " + origin, cookie));
            assertThat(channel.sentAscii()).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void section4Line2NoCookieIsSetOrHeardAndHelloComesWithinFiveSeconds() {
        HttpChannel channel = harness.connect();
        channel.sendAscii(HttpRequests.upgrade("Cookie: token=t; Parley-Session=k"));
        assertThat(channel.sentAscii()).startsWith("HTTP/1.1 101 ").doesNotContainIgnoringCase("set-cookie");
        harness.advance(5, TimeUnit.SECONDS);
        assertThat(channel.sentFrames()).containsExactly("close 4002 no-hello");
        assertThat(answerToRequest("GET /events HTTP/1.1", "Host: h", "Cookie: Parley-Session=k"))
                .startsWith("HTTP/1.1 404 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                JOIN,
                "{\"type\":\"signal\",\"room\":\"garden\",\"data\":1}",
                "{\"type\":\"ping\"}",
                "{\"type\":\"leave\",\"room\":\"garden\"}",
                "{\"type\":\"no-such-type\"}",
                "nonsense"
            })
    void section4Line3BeforeHelloNothingIsAnsweredThatTellsOfRooms(String first) {
        harness.join("garden");
        HttpChannel channel = harness.connectSilently();
        List<String> answers = answerTo(channel, first);
        assertThat(answers).last().isEqualTo("close 4002 no-hello");
        assertThat(answers.toString()).doesNotContain("garden", "member");
    }

    /** Locked, full, with a password, banned: all in the same words; only its own list of rooms could tell more. */
    @Test
    void section4Line4EveryClosedDoorSaysTheSame() {
        HttpChannel host = harness.join("garden");
        host.sentFrames();
        List<String> answers = new ArrayList<>();
        for (String change : List.of(
                "\"locked\":true", "\"locked\":false,\"password\":\"p\"", "\"password\":null,\"maxMembers\":1")) {
            host.sendText("{\"type\":\"configure\",\"room\":\"garden\"," + change + "}");
            harness.settle();
            answers.addAll(answerTo(open(), JOIN));
        }
        host.sendText("{\"type\":\"configure\",\"room\":\"garden\",\"maxMembers\":null}");
        HttpChannel guest = open();
        String id = String.join("", answerTo(guest, JOIN)).replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
        host.sendText("{\"type\":\"ban\",\"room\":\"garden\",\"id\":\"" + id + "\"}");
        harness.settle();
        guest.sentFrames();
        answers.addAll(answerTo(guest, JOIN));

        assertThat(answers.stream()
                        .map(text -> text.replaceFirst("^\\{\"seq\":\\d+,", ""))
                        .distinct())
                .containsExactly(REFUSED);
        for (String nosy : List.of("rooms", "list", "members", "peers")) {
            assertThat(answerTo(open(), "{\"type\":\"" + nosy + "\",\"room\":\"garden\"}"))
                    .singleElement()
                    .asString()
                    .contains("unknown-type");
        }
    }

    @Test
    void section4Line4ARoomThatCannotBeMadeIsRefusedInTheSameWords() {
        harness.join("one");
        harness.join("two");
        assertThat(answerTo(open(), JOIN)).singleElement().asString().endsWith(REFUSED);
    }

    @Test
    void section4Line7ASenderOfTheClientsOwnMakingIsIgnored() {
        HttpChannel ann = harness.join("garden");
        HttpChannel bob = harness.join("garden");
        ann.sentFrames();
        String annsId = bobsView(bob, ann);
        answerTo(ann, "{\"from\":\"forged\",\"type\":\"signal\",\"room\":\"garden\",\"data\":1,\"id\":\"forged\"}");
        assertThat(bob.sentFrames())
                .singleElement()
                .asString()
                .contains("\"from\":\"" + annsId + "\"")
                .doesNotContain("forged");
    }

    private String bobsView(HttpChannel bob, HttpChannel ann) {
        answerTo(ann, "{\"type\":\"update\",\"room\":\"garden\",\"name\":\"Ann\"}");
        return String.join("", bob.sentFrames()).replaceAll(".*\"member\":\\{\"id\":\"([^\"]+)\".*", "$1");
    }

    @Test
    void section4Line10TheOldSocketIsClosedWith4001AndTheTokenIsSpent() {
        HttpChannel old = harness.connectWebSocket();
        String token = HttpClientLine.tokenIn(old.sentFrames().getFirst());
        assertThat(token).matches("[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}"); // 256 bits of secret
        String resume = "{\"type\":\"resume\",\"token\":\"" + token + "\",\"received\":0}";
        HttpChannel next = harness.connectSilently();
        assertThat(answerTo(next, resume)).first().asString().contains("\"type\":\"resumed\"");
        assertThat(old.sentFrames()).containsExactly("close 4001 replaced");
        answerTo(next, "{\"type\":\"ping\"}");
        assertThat(answerTo(harness.connectSilently(), resume))
                .first()
                .asString()
                .contains("no-such-session");
    }

    @Test
    void section4Line13UnknownFieldsAreIgnoredEverywhere() {
        HttpChannel channel = open();
        for (String text : List.of(
                "{\"type\":\"ping\",\"x\":1}",
                "{\"x\":null,\"type\":\"ping\"}",
                "{\"x\":[{}],\"type\":\"ping\",\"y\":\"\"}")) {
            assertThat(answerTo(channel, text)).containsExactly("{\"type\":\"pong\",\"ack\":0}");
        }
        assertThat(answerTo(channel, "{\"type\":\"ping\",\"type\":\"ping\"}"))
                .singleElement()
                .asString()
                .contains("bad-message");
    }

    @Test
    void section4Line14FramesOutsideOfTheRulesCloseWithTheirCode() {
        record Violation(int first, List<Integer> payload, String close) {}
        for (Violation violation : List.of(
                new Violation(0x82, List.of(), "close 1003 text-only"),
                new Violation(0xC1, List.of(), "close 1002 protocol-error"),
                new Violation(0x89, Collections.nCopies(126, 0), "close 1002 protocol-error"),
                new Violation(0x81, List.of(0xC0, 0x80), "close 1007 bad-utf8"),
                new Violation(0x88, List.of(3, 0xED), "close 1002 protocol-error"))) { // 1005
            HttpChannel channel = open();
            byte[] payload = new byte[violation.payload().size()];
            for (int i = 0; i < payload.length; i++) {
                payload[i] = violation.payload().get(i).byteValue();
            }
            channel.sendFrame(violation.first(), payload);
            harness.settle();
            assertThat(channel.sentFrames()).containsExactly(violation.close());
        }
    }

    @Test
    void section4Line15ErrorsAreJsonAndPagesAreNeitherFramedNorSniffed() {
        String script = "<script>alert(1)</script>";
        for (String[] request : new String[][] {
            {"GET /" + script + " HTTP/1.1", "Host: h"},
            {"GET /?q=" + script + " HTTP/1.1", "Host: h"},
            {"GET /nothing HTTP/1.1", "Host: h", "X: " + script},
            {"GET /hub-test.html?" + script + " HTTP/1.1", "Host: h"},
            {script + " / HTTP/1.1", "Host: h"}
        }) {
            String answer = answerToRequest(request);
            assertThat(answer)
                    .doesNotContain("alert(1)")
                    .containsIgnoringCase("\r\nx-content-type-options: nosniff\r\n")
                    .containsIgnoringCase("frame-ancestors 'none'");
            if (!answer.startsWith("HTTP/1.1 200 ")) {
                assertThat(answer).containsIgnoringCase("\r\ncontent-type: application/json\r\n");
            }
        }
        assertThat(String.join("", answerTo(open(), "{\"type\":\"" + script + "\"}")))
                .doesNotContain("alert(1)");
    }

    @Test
    void section4Line16ASessionOverHttpIsNamedInAHeaderAndNeverKept() {
        HttpClientLine ann = new HttpClientLine(harness);
        String answer = ann.request("POST", "/messages", "{\"type\":\"hello\"}", "Origin: https://app.example.org");
        assertThat(answer)
                .containsIgnoringCase("\r\ncache-control: no-store\r\n")
                .containsIgnoringCase("\r\nvary: Origin, Authorization, Parley-Session\r\n")
                .doesNotContainIgnoringCase("set-cookie")
                .doesNotContainIgnoringCase("allow-credentials");
        for (String path : List.of("/events?key=", "/events?Parley-Session=", "/events/")) {
            assertThat(answerToRequest("GET " + path + ann.key() + " HTTP/1.1", "Host: h"))
                    .startsWith("HTTP/1.1 404 ");
        }
        assertThat(ann.post("{\"type\":\"signal\",\"room\":\"nowhere\",\"data\":1,\"seq\":1}"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(ann.poll()).contains("not-in-room");
    }

    /** The word, and a hint to wait with a part left to chance where coming back makes sense. */
    @ParameterizedTest
    @EnumSource(CloseReason.class)
    void section4Line22ClosesCarryTheirHintWithJitter(CloseReason reason) {
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            texts.add(ReconnectHint.textOf(reason));
        }
        if (reason.reconnectAfter().isZero()) {
            assertThat(texts).containsExactly(reason.word());
        } else {
            assertThat(texts)
                    .hasSizeGreaterThan(10)
                    .allMatch(text -> text.matches(reason.word() + "; reconnect-after=\\d+"));
        }
    }
}
