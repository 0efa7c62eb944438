package dev.parley.signaling.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.credential.Secret;
import dev.parley.signaling.core.Departure;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.core.UserId;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReceiverTest {
    private static final URI HOOK = URI.create("https://app.example/hook");
    private static final Secret SECRET = Secret.ofText("a secret of thirty-two bytes or more");
    private static final Secret OLDER = Secret.ofText("an older secret of thirty-two bytes or more");
    private static final RoomName GARDEN = new RoomName("garden");
    private static final SessionId ANN = new SessionId("ann");

    private record Call(String body, String signature, CompletableFuture<Integer> answer) {}

    private record Later(long atNanos, Runnable task) {}

    private final List<Call> calls = new ArrayList<>();
    private final List<Later> later = new ArrayList<>();
    private final WebhookCounters counters = new WebhookCounters();
    private long nowNanos;
    private final Receiver receiver = new Receiver(
            HOOK,
            List.of(SECRET, OLDER),
            new DeliveryQueue(
                    3,
                    2,
                    new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofSeconds(20)),
                    new Random(7)),
            3,
            (uri, body, signature) -> {
                assertThat(uri).isEqualTo(HOOK);
                Call call = new Call(body, signature, new CompletableFuture<>());
                calls.add(call);
                return call.answer();
            },
            counters,
            new VirtualTurns(),
            () -> Instant.ofEpochSecond(1_800_000_000),
            () -> nowNanos);
    private final RoomEvents events = new RoomEvents(receiver::tell, () -> Instant.ofEpochSecond(1_800_000_000));

    private final class VirtualTurns implements Receiver.Turns {
        @Override
        public void run(Runnable task) {
            task.run();
        }

        @Override
        public void after(Duration delay, Runnable task) {
            later.add(new Later(nowNanos + delay.toNanos(), task));
        }
    }

    /** Jumps to whatever is due next. */
    private void nextTimer() {
        Later next = later.removeFirst();
        nowNanos = next.atNanos();
        next.task().run();
    }

    @Test
    void callsAreSignedWithTheMomentAndTheBodyByEverySecret() {
        events.joined(GARDEN, ANN, UserId.find("ann@example"));

        Call call = calls.getFirst();
        assertThat(call.body())
                .matches("\\{\"id\":\"[0-9a-f]{32}\",\"event\":\"room-started\",\"at\":\"2027-01-15T08:00:00Z\","
                        + "\"room\":\"garden\"}");
        assertThat(call.signature()).isEqualTo(Signature.of(call.body(), 1_800_000_000, List.of(SECRET, OLDER)));
        assertThat(call.signature()).matches("t=1800000000,v1=[0-9a-f]{64},v1=[0-9a-f]{64}");
        assertThat(Signature.of(call.body(), 1_800_000_001, List.of(SECRET))).doesNotContain(call.signature());
    }

    /** Known from elsewhere: RFC 4231 does not fit the form, so the value was computed with openssl. */
    @Test
    void signatureIsThatOfTheDocumentation() {
        assertThat(Signature.of("{}", 1, List.of(Secret.ofText("k".repeat(32)))))
                .isEqualTo("t=1,v1=533ff6d088ebbd8b8eda578fab6866516503044a5a167b1cb03ecce1c2b8a844");
    }

    @Test
    void roomAndMembersAreToldInOrderWithReasons() {
        events.joined(GARDEN, ANN, UserId.find("ann@example"));
        calls.getFirst().answer().complete(204);
        assertThat(calls.get(1).body())
                .contains("\"event\":\"member-joined\"", "\"member\":\"ann\",\"user\":\"ann@example\"}");
        calls.get(1).answer().complete(200);
        events.left(GARDEN, ANN, null, Departure.KICKED);
        assertThat(calls.get(2).body()).contains("\"event\":\"member-left\"", "\"reason\":\"kicked\"}");
        calls.get(2).answer().complete(299);
        assertThat(calls.get(3).body()).contains("\"event\":\"room-ended\"");
        calls.get(3).answer().complete(200);
        assertThat(counters.deliveries()).isEqualTo(4);
        assertThat(counters.pending()).isZero();
    }

    @Test
    void whatIsNotTakenIsToldAgainWithTheSameId() {
        events.joined(GARDEN, ANN, null);
        calls.getFirst().answer().complete(500);
        assertThat(calls).hasSize(1);
        nextTimer();
        calls.get(1).answer().completeExceptionally(new IOException("gone"));
        nextTimer();
        calls.get(2).answer().complete(302);
        nextTimer();
        assertThat(calls.stream().map(Call::body).distinct()).hasSize(1);
        calls.get(3).answer().complete(200);
        assertThat(counters.failures()).isEqualTo(3);
        assertThat(counters.deliveries()).isOne();
    }

    @Test
    void whoTakesNothingCostsEventsAndNothingElse() {
        events.joined(GARDEN, ANN, null);
        events.joined(GARDEN, new SessionId("bob"), null);
        assertThat(counters.dropsFull()).isZero();
        events.joined(GARDEN, new SessionId("cat"), null);
        assertThat(counters.dropsFull()).isOne();
        assertThat(counters.pending()).isEqualTo(3);

        while (counters.dropsGivenUp() < 1) {
            calls.getLast().answer().complete(503);
            if (!later.isEmpty() && counters.dropsGivenUp() < 1) {
                nextTimer();
            }
        }
        assertThat(nowNanos).isLessThanOrEqualTo(Duration.ofSeconds(20).toNanos());
        assertThat(counters.pending()).isEqualTo(2);
    }
}
