package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.auth.Applicant;
import dev.parley.signaling.auth.BearerToken;
import dev.parley.signaling.auth.Decision;
import dev.parley.signaling.auth.DenyReason;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.Identity;
import dev.parley.testing.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens in the address of the drop-in endpoints, looked at before anything is done. */
@ExtendWith(LeakCheck.class)
class DropInAdmissionTest {
    private static final Decision ADMITTED = new Decision.Admitted(Identity.ANONYMOUS);

    private final List<Applicant> applicants = new ArrayList<>();
    private @Nullable Consumer<Decision> answer;
    private final HubHarness harness = new HubHarness(HubLimits.defaults(), (applicant, told) -> {
        applicants.add(applicant);
        answer = told;
    });

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

    private void decide(Decision decision) {
        assertThat(answer).isNotNull();
        if (answer != null) {
            answer.accept(decision);
        }
        harness.settle();
    }

    @ParameterizedTest
    @CsvSource({
        "/topics?access_token=a.b.c, a.b.c",
        "/tracker?x=1&access_token=secret, secret",
        "/topics?token=a.b.c,",
        "/peerjs/peerjs?key=peerjs&id=ann&token=random&access_token=secret, secret",
        "/peerjs/peerjs?key=peerjs&id=ann&token=a.b.c, a.b.c",
        "/peerjs/peerjs?key=peerjs&id=ann&token=0.abc123,",
    })
    void tokenIsFoundWhereTheClientCanPutIt(String target, @Nullable String token) {
        socket(target);
        assertThat(applicants)
                .extracting(Applicant::token)
                .containsExactly(token == null ? null : new BearerToken(token));
        assertThat(applicants.toString()).doesNotContain("secret", "a.b.c");
    }

    @Test
    void whatIsSaidMeanwhileWaitsAndFollowsInOrder() {
        HttpChannel ann = socket("/topics?access_token=t");
        ann.sendText("{\"type\":\"subscribe\",\"topics\":[\"t\"]}");
        ann.sendText("{\"type\":\"publish\",\"topic\":\"t\"}");
        harness.settle();
        assertThat(ann.sentFrames()).isEmpty();
        assertThat(harness.counters.dropIn(DropInName.TOPICS).connections()).isZero();

        decide(ADMITTED);
        assertThat(ann.sentFrames()).containsExactly("{\"type\":\"publish\",\"topic\":\"t\",\"clients\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/topics", "/tracker"})
    void whoIsNotLetInIsClosed(String target) {
        HttpChannel ann = socket(target);
        ann.sendText("{\"type\":\"ping\"}");
        decide(new Decision.Denied(DenyReason.NO_TOKEN));

        assertThat(ann.sentFrames().toString()).contains("close 4003");
        assertThat(harness.counters.denials()).containsEntry(DenyReason.NO_TOKEN, 1L);
    }

    @Test
    void peerThatIsNotLetInIsToldSoInItsOwnWords() {
        HttpChannel ann = socket("/peerjs/peerjs?key=peerjs&id=ann&token=t");
        decide(new Decision.Denied(DenyReason.SIGNATURE));

        assertThat(ann.sentFrames().toString())
                .contains("Invalid token provided")
                .endsWith(", close]");
    }

    @Test
    void whoCannotBeJudgedNowIsToldToComeLater() {
        HttpChannel ann = socket("/peerjs/peerjs?key=peerjs&id=ann&token=t");
        decide(new Decision.Denied(DenyReason.BUSY));

        assertThat(ann.sentFrames().toString()).contains("close 1013");
    }

    @Test
    void whoGoesBeforeTheDecisionIsForgotten() {
        HttpChannel ann = socket("/topics");
        ann.close();
        decide(ADMITTED);

        assertThat(harness.counters.dropIn(DropInName.TOPICS).connections()).isZero();
    }
}
