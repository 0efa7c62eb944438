package dev.parley.signaling.core;

import static dev.parley.signaling.core.HubFixture.ANN;
import static dev.parley.signaling.core.HubFixture.BOB;
import static dev.parley.signaling.core.HubFixture.GARDEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What happens because time passes. */
class HubTimeTest {
    private static final HubEvent TIMER = new HubEvent.TimerFired();

    @Test
    void sessionWithoutRoomIsClosedAtTheDeadlineAndNotOneTickEarlier() {
        var hub = new HubFixture();
        hub.open(ANN);
        long deadlineNanos = hub.nowNanos + TimeUnit.SECONDS.toNanos(10);

        assertThat(hub.hub.nextDeadlineNanos()).isEqualTo(deadlineNanos);
        assertThat(hub.hub.handle(TIMER, deadlineNanos - 1)).isEmpty();
        assertThat(hub.hub.handle(TIMER, deadlineNanos))
                .containsExactly(new HubEffect.Close(ANN, CloseReason.NO_ROOM), new HubEffect.Ended(ANN));
        hub.assertEmpty();
    }

    @Test
    void talkingWithoutJoiningDoesNotHelp() {
        var hub = new HubFixture();
        hub.open(ANN);
        hub.after(9, TimeUnit.SECONDS).ping(ANN);

        assertThat(hub.fireNext()).contains(new HubEffect.Close(ANN, CloseReason.NO_ROOM));
    }

    @Test
    void leavingTheLastRoomStartsTheDeadlineAgain() {
        var hub = new HubFixture().with(GARDEN, ANN);
        hub.after(20, TimeUnit.SECONDS).ping(ANN);
        hub.leave(ANN, GARDEN);
        long leftNanos = hub.nowNanos;

        assertThat(hub.fireNext()).contains(new HubEffect.Close(ANN, CloseReason.NO_ROOM));
        assertThat(hub.nowNanos - leftNanos).isEqualTo(TimeUnit.SECONDS.toNanos(10));
    }

    @Test
    void silentClientIsPingedAndThenLost() {
        var hub = new HubFixture().with(GARDEN, BOB, ANN);
        long beganNanos = hub.nowNanos;
        List<String> course = new ArrayList<>();
        while (hub.hub.sessionCount() == 2) {
            hub.handle(new HubEvent.Heard(BOB));
            for (HubEffect effect : hub.fireNext()) {
                if (!effect.equals(new HubEffect.Ping(BOB))) { // he answers his
                    course.add(TimeUnit.NANOSECONDS.toSeconds(hub.nowNanos - beganNanos) + " " + effect);
                }
            }
        }

        assertThat(course)
                .containsExactly(
                        "25 " + new HubEffect.Ping(ANN),
                        "50 " + new HubEffect.Ping(ANN),
                        "60 " + new HubEffect.Close(ANN, CloseReason.SILENT),
                        "90 " + new HubEffect.Departed(GARDEN, ANN, Departure.LOST),
                        "90 "
                                + HubFixture.send(
                                        List.of(BOB), new ServerMessage.MemberLeft(GARDEN, ANN, Departure.LOST)),
                        "90 " + new HubEffect.Ended(ANN));
    }

    @Test
    void anyFrameKeepsASessionAlive() {
        var hub = new HubFixture().with(GARDEN, ANN);
        for (int i = 0; i < 20; i++) {
            hub.after(24, TimeUnit.SECONDS).handle(new HubEvent.Heard(ANN));
            assertThat(hub.handle(TIMER)).isEmpty();
        }
        assertThat(hub.hub.sessionCount()).isEqualTo(1);
    }

    @Test
    void iceServersAreRenewedAtHalfLifeAndAgain() {
        var hub = new HubFixture().with(GARDEN, ANN);
        long beganNanos = hub.nowNanos;
        List<Long> renewals = new ArrayList<>();
        while (renewals.size() < 2) {
            hub.handle(new HubEvent.Heard(ANN));
            if (hub.fireNext().contains(new HubEffect.RenewIceServers(ANN))) {
                renewals.add(TimeUnit.NANOSECONDS.toMinutes(hub.nowNanos - beganNanos));
            }
        }

        assertThat(renewals).containsExactly(30L, 60L);
    }

    @Test
    void nobodyThereMeansNoDeadline() {
        assertThat(new HubFixture().hub.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }
}
