package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.Refusal;
import dev.parley.testing.LeakCheck;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions from upgrade to close, in the words of the protocol. */
@ExtendWith(LeakCheck.class)
class SessionsTest {
    private static final String STATE =
            "\"state\":{\"locked\":false,\"password\":false,\"waitingRoom\":false,\"relayOnly\":false}";

    private final HubHarness harness = new HubHarness();

    @AfterEach
    void end() {
        harness.closeAll();
        assertThat(harness.outboxes.size()).isZero();
        assertThat(harness.counters.sessions() + harness.counters.rooms() + harness.counters.members())
                .isZero();
        assertThat(harness.counters.faults()).isZero();
    }

    private static String idIn(String text) {
        Matcher id = Pattern.compile("\"id\":\"([A-Za-z0-9_-]{22})\"").matcher(text);
        assertThat(id.find()).as(text).isTrue();
        return id.group(1);
    }

    private List<String> answerTo(HttpChannel channel, String text) {
        channel.sendText(text);
        harness.settle();
        return channel.sentFrames();
    }

    @Test
    void twoMembersMeetTalkAndPart() {
        HttpChannel ann = harness.connectWebSocket();
        HttpChannel bob = harness.connectWebSocket();
        String annId = idIn(ann.sentFrames().getFirst());
        String bobId = idIn(bob.sentFrames().getFirst());

        assertThat(answerTo(ann, "{\"type\":\"join\",\"room\":\"r\",\"name\":\"Ann\",\"ref\":\"1\"}"))
                .containsExactly("{\"seq\":1,\"type\":\"joined\",\"room\":\"r\",\"id\":\"" + annId
                        + "\",\"role\":\"host\"," + STATE + ",\"members\":[],\"ref\":\"1\"}");
        assertThat(answerTo(bob, "{\"type\":\"join\",\"room\":\"r\"}"))
                .containsExactly("{\"seq\":1,\"type\":\"joined\",\"room\":\"r\",\"id\":\"" + bobId
                        + "\",\"role\":\"member\"," + STATE + ",\"members\":[{\"id\":\"" + annId
                        + "\",\"role\":\"host\",\"name\":\"Ann\"}]}");
        assertThat(ann.sentFrames())
                .containsExactly("{\"seq\":2,\"type\":\"member-joined\",\"room\":\"r\",\"member\":{\"id\":\"" + bobId
                        + "\",\"role\":\"member\"}}");
        assertThat(answerTo(
                        bob,
                        "{\"type\":\"signal\",\"room\":\"r\",\"from\":\"forged\",\"to\":\"" + annId
                                + "\",\"data\":{\"sdp\":\"v=0\\r\\n\"}}"))
                .isEmpty();
        assertThat(ann.sentFrames())
                .containsExactly("{\"seq\":3,\"type\":\"signal\",\"room\":\"r\",\"from\":\"" + bobId
                        + "\",\"data\":{\"sdp\":\"v=0\\r\\n\"}}");
        assertThat(answerTo(bob, "{\"type\":\"leave\",\"room\":\"r\"}"))
                .containsExactly("{\"seq\":2,\"type\":\"left\",\"room\":\"r\",\"reason\":\"left\"}");
        assertThat(ann.sentFrames())
                .containsExactly("{\"seq\":4,\"type\":\"member-left\",\"room\":\"r\",\"id\":\"" + bobId
                        + "\",\"reason\":\"left\"}");
    }

    @Test
    void idsAreNeverTheSame() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            ids.add(idIn(harness.connectWebSocket().sentFrames().getFirst()));
        }
        assertThat(ids).hasSize(100);
    }

    @Test
    void badMessageIsAnsweredAndCounted() {
        HttpChannel ann = harness.join("r");

        assertThat(answerTo(ann, "{\"type\":\"leave\",\"ref\":\"5\"}"))
                .singleElement()
                .asString()
                .startsWith("{\"seq\":2,\"type\":\"error\",\"code\":\"bad-message\",\"message\":\"room is missing")
                .endsWith(",\"ref\":\"5\"}");
        assertThat(harness.counters.refusals()).containsEntry(Refusal.BAD_MESSAGE, 1L);
        assertThat(ann.isOpen()).isTrue();
    }

    @Test
    void sessionOverTheLimitIsClosedInsteadOfWelcomed() {
        HubHarness one = new HubHarness(HubLimits.defaults().with(HubLimit.SESSIONS, 1));
        one.join("r");
        HttpChannel second = one.connectWebSocket();

        assertThat(second.sentFrames()).singleElement().asString().startsWith("close 1013 try-later; reconnect-after=");
        assertThat(one.outboxes.size()).isEqualTo(1);
        one.closeAll();
        assertThat(one.outboxes.size()).isZero();
    }

    @Test
    void sessionThatDoesNotJoinIsClosed() {
        HttpChannel ann = harness.connectWebSocket();
        ann.sent();
        harness.advance(9, TimeUnit.SECONDS);
        assertThat(ann.sentFrames()).isEmpty();
        harness.advance(1, TimeUnit.SECONDS);

        assertThat(ann.sentFrames()).containsExactly("close 4012 no-room");
        assertThat(harness.counters.closes()).containsEntry(CloseReason.NO_ROOM, 1L);
    }

    @Test
    void silentSessionIsPingedAndCutOff() {
        HttpChannel ann = harness.join("r");
        harness.advance(25, TimeUnit.SECONDS);
        assertThat(ann.sentFrames()).containsExactly("ping");
        ann.sendFrame(0x8A, new byte[0]);
        harness.settle();
        harness.advance(24, TimeUnit.SECONDS);
        assertThat(ann.sentFrames()).isEmpty();
        harness.advance(36, TimeUnit.SECONDS);

        assertThat(ann.sentFrames().getLast()).startsWith("close 4013 silent; reconnect-after=");
    }

    @Test
    void drainSendsEverybodyAwayWithAHint() {
        HttpChannel ann = harness.join("r");
        HttpChannel bob = harness.join("r");
        ann.sent();
        harness.hub.drain();
        harness.settle();

        for (HttpChannel channel : List.of(ann, bob)) {
            assertThat(channel.sentFrames())
                    .singleElement()
                    .asString()
                    .matches("close 4010 going-away; reconnect-after=[1-3][0-9]{3}");
        }
        assertThat(harness.memberships).endsWith("departed r", "ended");
    }

    @Test
    void floodIsWarnedAndThenClosed() {
        HubHarness strict = new HubHarness(
                HubLimits.defaults().with(HubLimit.MESSAGE_BURST, 3).with(HubLimit.WARNING_BURST, 2));
        HttpChannel ann = strict.join("r");
        for (int i = 0; i < 10; i++) {
            ann.sendText("{\"type\":\"ping\"}");
        }
        strict.settle();
        List<String> frames = ann.sentFrames();

        assertThat(frames).hasSize(5); // the join took one of three
        assertThat(frames.subList(0, 2)).containsOnly("{\"type\":\"pong\",\"ack\":0}");
        assertThat(frames.subList(2, 4)).allMatch(frame -> frame.contains("slow-down"));
        assertThat(frames.getLast()).startsWith("close 4008 flood; reconnect-after=");
        strict.closeAll();
    }

    @Test
    void connectionIsNotReadWhileItsEventsWaitForTheHub() {
        HttpChannel ann = harness.join("r");
        for (int i = 0; i < 64; i++) {
            ann.sendText("{\"type\":\"ping\"}");
        }
        assertThat(ann.config().isAutoRead()).isFalse();
        harness.settle();
        assertThat(ann.config().isAutoRead()).isTrue();
        assertThat(ann.sentFrames()).hasSize(64);
    }

    @Test
    void slowReaderIsWhoeverIsOverOneOfTheCaps() {
        HubLimits limits = HubLimits.defaults();
        assertThat(SocketWriter.isOverCap(262_143, 255, limits)).isFalse();
        assertThat(SocketWriter.isOverCap(262_144, 0, limits)).isTrue();
        assertThat(SocketWriter.isOverCap(0, 256, limits)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(CloseReason.class)
    void reasonTextFitsIntoACloseFrameAndHintsAreSpread(CloseReason reason) {
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            texts.add(ReconnectHint.textOf(reason));
        }
        assertThat(texts).allMatch(text -> text.length() <= 123 && text.startsWith(reason.word()));
        assertThat(texts.size() > 1).isEqualTo(!reason.reconnectAfter().isZero());
    }
}
