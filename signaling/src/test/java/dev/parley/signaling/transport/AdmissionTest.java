package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.auth.Applicant;
import dev.parley.signaling.auth.BearerToken;
import dev.parley.signaling.auth.Decision;
import dev.parley.signaling.auth.DenyReason;
import dev.parley.signaling.core.Allowance;
import dev.parley.signaling.core.Grant;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.Identity;
import dev.parley.signaling.core.UserId;
import dev.parley.testing.LeakCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From hello with a token to the welcome or the refusal, and newer tokens. */
@ExtendWith(LeakCheck.class)
class AdmissionTest {
    private static final String DENIED =
            "\"type\":\"error\",\"code\":\"denied\",\"message\":\"You are not admitted; come with a valid token.\"";

    private final List<Applicant> applicants = new ArrayList<>();
    private final List<Consumer<Decision>> answers = new ArrayList<>();
    private final HubHarness harness = new HubHarness(HubLimits.defaults(), (applicant, answer) -> {
        applicants.add(applicant);
        answers.add(answer);
    });

    @AfterEach
    void end() {
        harness.closeAll();
        assertThat(harness.outboxes.size()).isZero();
        assertThat(harness.counters.faults()).isZero();
    }

    private static Identity ann(Duration lifetime) {
        return new Identity(UserId.find("ann"), null, List.of(Grant.EVERYWHERE), Allowance.USUAL, lifetime);
    }

    private HttpChannel hello() {
        HttpChannel channel = harness.connectSilently();
        channel.sendText("{\"type\":\"hello\",\"token\":\"t\",\"room\":\"r\",\"ref\":\"1\"}");
        harness.settle();
        return channel;
    }

    private void answer(Decision decision) {
        answers.removeFirst().accept(decision);
        harness.settle();
    }

    @Test
    void whileATokenIsLookedAtNothingIsReadAndNothingOvertakes() {
        HttpChannel channel = hello();
        assertThat(channel.config().isAutoRead()).isFalse();
        channel.sendText("{\"type\":\"join\",\"room\":\"r\"}");
        harness.settle();
        assertThat(channel.sentFrames()).isEmpty();
        harness.advance(6, TimeUnit.SECONDS); // later than hello is expected
        assertThat(channel.sentFrames()).isEmpty();

        answer(new Decision.Admitted(ann(Duration.ofMinutes(5))));

        assertThat(channel.config().isAutoRead()).isTrue();
        List<String> frames = channel.sentFrames();
        assertThat(frames.get(0)).startsWith("{\"type\":\"welcome\"");
        assertThat(frames.get(1)).isEqualTo("{\"type\":\"token\",\"expiresInSeconds\":300}");
        assertThat(frames.get(2)).contains("\"type\":\"joined\"");
    }

    @Test
    void doorLearnsTokenRoomAndRemote() {
        hello();

        assertThat(applicants.getFirst().token()).isEqualTo(new BearerToken("t"));
        assertThat(String.valueOf(applicants.getFirst().room())).contains("r");
        answer(new Decision.Denied(DenyReason.EXPIRED));
    }

    @ParameterizedTest
    @EnumSource(DenyReason.class)
    void refusalSaysTheSameForEveryReason(DenyReason reason) {
        HttpChannel channel = hello();

        answer(new Decision.Denied(reason));

        List<String> frames = channel.sentFrames();
        assertThat(frames).hasSize(2);
        assertThat(frames.get(0)).isEqualTo("{" + DENIED + ",\"ref\":\"1\"}");
        assertThat(frames.get(1)).startsWith(reason.isTemporary() ? "close 1013 try-later" : "close 4003 denied");
        assertThat(harness.counters.denials()).containsEntry(reason, 1L);
    }

    @Test
    void whoLeavesWhileHeWaitsLeavesNothingBehind() {
        HttpChannel channel = hello();
        channel.close();
        harness.settle();
        answer(new Decision.Admitted(ann(Duration.ofMinutes(5))));

        assertThat(harness.counters.sessions()).isZero();
    }

    @Test
    void floodWhileWaitingIsBoundedAtNAndNotAtNPlusOne() {
        HttpChannel channel = hello();
        for (int i = 0; i < Entrance.HELD_MAX; i++) {
            channel.sendText("{\"type\":\"ping\"}");
        }
        harness.settle();
        assertThat(channel.sentFrames()).isEmpty();
        channel.sendText("{\"type\":\"ping\"}");
        harness.settle();

        assertThat(channel.sentFrames().getFirst()).startsWith("close 4008");
    }

    @Test
    void refreshIsAnsweredInOrderAndABadOneChangesNothing() {
        HttpChannel channel = hello();
        answer(new Decision.Admitted(ann(Duration.ofMinutes(5))));
        channel.sendText("{\"type\":\"join\",\"room\":\"r\"}");
        harness.settle();
        channel.sentFrames();

        channel.sendText("{\"type\":\"refresh\",\"token\":\"t2\",\"ref\":\"2\"}");
        channel.sendText("{\"type\":\"ping\",\"ref\":\"3\"}");
        harness.settle();
        assertThat(channel.sentFrames()).isEmpty();
        answer(new Decision.Denied(DenyReason.SIGNATURE));
        List<String> refused = channel.sentFrames();
        assertThat(refused.get(0)).endsWith(DENIED + ",\"ref\":\"2\"}");
        assertThat(refused.get(1)).contains("pong");

        channel.sendText("{\"type\":\"refresh\",\"token\":\"t3\",\"ref\":\"4\"}");
        harness.settle();
        answer(new Decision.Admitted(ann(Duration.ofHours(1))));
        assertThat(channel.sentFrames())
                .containsExactly("{\"seq\":3,\"type\":\"token\",\"expiresInSeconds\":3600,\"ref\":\"4\"}");
    }

    @Test
    void refreshWithoutASessionIsNoHello() {
        HttpChannel channel = harness.connectSilently();
        channel.sendText("{\"type\":\"refresh\",\"token\":\"t\"}");
        harness.settle();

        assertThat(channel.sentFrames()).containsExactly("close 4002 no-hello");
        assertThat(applicants).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws?token=abc", "/ws?a=1&token=abc", "/ws?access_token=abc", "/ws?TOKEN=abc"})
    void section4Line2TokenInTheAddressIsRefused(String target) {
        HttpChannel channel = harness.connect();
        channel.sendAscii(HttpRequests.upgrade().replaceFirst("/ws", target));

        assertThat(channel.sentAscii()).startsWith("HTTP/1.1 400 ").contains("token-in-query");
    }
}
