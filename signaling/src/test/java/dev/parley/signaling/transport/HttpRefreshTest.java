package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Newer tokens of sessions that plain HTTP carries. */
@ExtendWith(LeakCheck.class)
class HttpRefreshTest {
    private static final String REFRESH = "{\"type\":\"refresh\",\"token\":\"t2\",\"ref\":\"2\",\"seq\":2}";
    private static final String PING = "{\"type\":\"ping\",\"ref\":\"3\",\"seq\":3}";

    private final List<Consumer<Decision>> answers = new ArrayList<>();

    /** Everybody is Ann; tokens are looked at later. */
    private final HubHarness harness = new HubHarness(HubLimits.defaults(), (applicant, answer) -> {
        if (applicant.token() == null) {
            answer.accept(new Decision.Admitted(ann(Duration.ofMinutes(5))));
        } else {
            answers.add(answer);
        }
    });

    private final HttpClientLine client = new HttpClientLine(harness).hello();

    @AfterEach
    void end() {
        harness.closeAll();
        assertThat(harness.counters.faults()).isZero();
    }

    private static Identity ann(Duration lifetime) {
        return new Identity(UserId.find("ann"), null, List.of(Grant.EVERYWHERE), Allowance.USUAL, lifetime);
    }

    private void join() {
        client.post("{\"type\":\"join\",\"room\":\"r\",\"seq\":1}");
        assertThat(client.poll()).contains("joined");
    }

    private String decide(Decision decision) {
        answers.removeFirst().accept(decision);
        harness.settle();
        return client.postAnswer();
    }

    @Test
    void postWaitsForTheDecisionAndThenGoesOn() {
        join();
        assertThat(client.post(REFRESH + "\n" + PING)).isEmpty();

        assertThat(decide(new Decision.Admitted(ann(Duration.ofHours(1))))).endsWith("[{\"type\":\"ack\",\"ack\":3}]");
        assertThat(client.poll()).contains("{\"seq\":2,\"type\":\"token\",\"expiresInSeconds\":3600,\"ref\":\"2\"}");
    }

    @Test
    void badTokenChangesNothingAndTheRestIsCarriedOut() {
        join();
        assertThat(client.post(REFRESH + "\n" + PING)).isEmpty();

        assertThat(decide(new Decision.Denied(DenyReason.SIGNATURE))).endsWith("[{\"type\":\"ack\",\"ack\":3}]");
        assertThat(client.poll()).contains("\"code\":\"denied\"", "\"ref\":\"2\"");
        assertThat(harness.counters.sessions()).isOne();
    }

    @Test
    void whoHasGoneMeanwhileGetsNothing() {
        join();
        client.post(REFRESH);
        client.breakPost();
        answers.removeFirst().accept(new Decision.Admitted(ann(Duration.ofHours(1))));
        harness.settle();

        assertThat(harness.counters.sessions()).isOne();
    }
}
