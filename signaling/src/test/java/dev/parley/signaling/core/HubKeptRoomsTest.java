package dev.parley.signaling.core;

import static dev.parley.signaling.core.HubFixture.ANN;
import static dev.parley.signaling.core.HubFixture.BOB;
import static dev.parley.signaling.core.HubFixture.CELLAR;
import static dev.parley.signaling.core.HubFixture.GARDEN;
import static dev.parley.signaling.core.HubFixture.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.HubEffect.Answered;
import dev.parley.signaling.core.HubEffect.Departed;
import dev.parley.signaling.core.RoomAnswer.Reason;
import dev.parley.signaling.core.RoomAnswer.Seen;
import dev.parley.signaling.core.ServerMessage.Left;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Rooms that are made, seen and ended from outside. */
class HubKeptRoomsTest {
    private static final RoomChange NO_CHANGE = new RoomChange(null, null, null, null, null, false, null);
    private static final RoomChange LOCKED = new RoomChange(true, null, null, null, null, false, null);

    private final HubFixture hub = new HubFixture();

    private List<HubEffect> order(RoomOrder order) {
        return hub.handle(new HubEvent.Ordered(7, order));
    }

    private RoomAnswer answer(RoomOrder order) {
        return ((Answered) order(order).getLast()).answer();
    }

    private Seen keep(RoomName room, int emptySeconds) {
        return (Seen) answer(new RoomOrder.Keep(room, NO_CHANGE, emptySeconds));
    }

    private static Answered refused(Reason reason) {
        return new Answered(7, new RoomAnswer.Refused(reason));
    }

    @Test
    void keptRoomIsThereUntilItsTimeAloneIsOverAndNotOneTickLonger() {
        assertThat(keep(GARDEN, 60)).isEqualTo(new Seen(GARDEN, RoomView.OPEN, List.of(), 0, 60, true));
        assertThat(keep(GARDEN, 60).made()).isFalse();
        long endNanos = hub.hub.nextDeadlineNanos();
        assertThat(endNanos - hub.nowNanos).isEqualTo(TimeUnit.SECONDS.toNanos(60));

        hub.nowNanos = endNanos - 1;
        hub.handle(new HubEvent.TimerFired());
        assertThat(hub.hub.roomCount()).isOne();
        hub.nowNanos = endNanos;
        hub.handle(new HubEvent.TimerFired());
        hub.assertEmpty();
        assertThat(order(new RoomOrder.See(GARDEN))).containsExactly(refused(Reason.NO_SUCH_ROOM));
    }

    @Test
    void timeAloneBeginsAnewWhenTheLastMemberGoes() {
        keep(GARDEN, 60);
        hub.after(59, TimeUnit.SECONDS).with(GARDEN, ANN);
        hub.after(1, TimeUnit.SECONDS).handle(new HubEvent.TimerFired());
        assertThat(hub.hub.roomCount()).isOne();
        hub.close(ANN, Departure.LEFT);
        assertThat(hub.hub.roomCount()).isOne();
        assertThat(hub.hub.nextDeadlineNanos() - hub.nowNanos).isEqualTo(TimeUnit.SECONDS.toNanos(60));
        hub.fireNext();
        hub.assertEmpty();
    }

    @Test
    void whatWasSettledAheadHoldsForWhoComes() {
        order(new RoomOrder.Keep(GARDEN, new RoomChange(null, "sesame", null, null, 1, false, null), 60));
        hub.open(ANN);
        hub.open(BOB);
        assertThat(hub.join(ANN, GARDEN)).isEqualTo(HubFixture.refused(ANN, Refusal.WRONG_PASSWORD, GARDEN));
        hub.send(ANN, new ClientMessage.Join(GARDEN, Presence.EMPTY, "sesame", null));
        assertThat(hub.send(BOB, new ClientMessage.Join(GARDEN, Presence.EMPTY, "sesame", null)))
                .isEqualTo(HubFixture.refused(BOB, Refusal.ROOM_FULL, GARDEN));
        Seen seen = (Seen) answer(new RoomOrder.See(GARDEN));
        assertThat(seen.members())
                .containsExactly(new RoomAnswer.Seat(new MemberView(ANN, Role.HOST, Presence.EMPTY), null));
        assertThat(seen.view().hasPassword()).isTrue();
    }

    @Test
    void changesAreToldToWhoIsThere() {
        hub.with(GARDEN, ANN, BOB);
        RoomView locked = new RoomView(true, false, false, false, 0, null);
        assertThat(order(new RoomOrder.Keep(GARDEN, LOCKED, 60)))
                .startsWith(send(List.of(ANN, BOB), new ServerMessage.RoomUpdated(GARDEN, locked, null)));
    }

    @Test
    void endedRoomSendsAllOutAndIsGone() {
        keep(GARDEN, 60);
        hub.with(GARDEN, ANN, BOB);
        assertThat(order(new RoomOrder.End(GARDEN)))
                .containsExactly(
                        new Departed(GARDEN, ANN, Departure.ENDED),
                        send(List.of(ANN), new Left(GARDEN, Departure.ENDED, null)),
                        new Departed(GARDEN, BOB, Departure.ENDED),
                        send(List.of(BOB), new Left(GARDEN, Departure.ENDED, null)),
                        new Answered(7, new RoomAnswer.Done()));
        assertThat(hub.hub.roomCount()).isZero();
        hub.close(ANN, Departure.LEFT);
        hub.close(BOB, Departure.LEFT);
        hub.assertEmpty();
    }

    @Test
    void whoWaitsBeforeARoomThatEndsIsSentAway() {
        hub.with(GARDEN, ANN);
        order(new RoomOrder.Keep(GARDEN, new RoomChange(null, null, true, null, null, false, null), 60));
        hub.open(BOB);
        hub.join(BOB, GARDEN);
        assertThat(((Seen) answer(new RoomOrder.See(GARDEN))).waiting()).isOne();
        assertThat(order(new RoomOrder.End(GARDEN))).contains(new HubEffect.Refused(BOB, Refusal.NOT_ADMITTED));
        assertThat(hub.hub.roomCount()).isZero();
    }

    @Test
    void dismissedMemberIsKickedAndARoomThatIsNotKeptGoesWithIt() {
        hub.with(GARDEN, ANN);
        assertThat(order(new RoomOrder.Dismiss(GARDEN, BOB))).containsExactly(refused(Reason.NO_SUCH_MEMBER));
        assertThat(order(new RoomOrder.Dismiss(GARDEN, ANN)))
                .containsExactly(
                        new Departed(GARDEN, ANN, Departure.KICKED),
                        send(List.of(ANN), new Left(GARDEN, Departure.KICKED, null)),
                        new Answered(7, new RoomAnswer.Done()));
        assertThat(hub.hub.roomCount()).isZero();
    }

    @Test
    void soManyAreKeptAndNotOneMore() {
        HubFixture small = new HubFixture(HubLimits.of(Map.of(HubLimit.KEPT_ROOMS, 1, HubLimit.KEPT_SECONDS, 90)));
        RoomOrder garden = new RoomOrder.Keep(GARDEN, NO_CHANGE, 90);
        RoomOrder cellar = new RoomOrder.Keep(CELLAR, NO_CHANGE, 90);
        small.handle(new HubEvent.Ordered(7, garden));
        assertThat(small.handle(new HubEvent.Ordered(7, cellar))).containsExactly(refused(Reason.TOO_MANY_KEPT));
        assertThat(small.handle(new HubEvent.Ordered(7, garden)))
                .hasSize(1)
                .doesNotContain(refused(Reason.TOO_MANY_KEPT));
        assertThat(small.handle(new HubEvent.Ordered(7, new RoomOrder.Keep(GARDEN, NO_CHANGE, 91))))
                .containsExactly(refused(Reason.KEPT_TOO_LONG));
        small.handle(new HubEvent.Ordered(7, new RoomOrder.End(GARDEN)));
        assertThat(small.handle(new HubEvent.Ordered(7, cellar))).doesNotContain(refused(Reason.TOO_MANY_KEPT));
    }

    @Test
    void keptRoomsCountAmongAllRoomsAndAnEmptyOneTakesMembersThen() {
        HubFixture small = new HubFixture(HubLimits.of(Map.of(HubLimit.ROOMS, 1)));
        small.handle(new HubEvent.Ordered(7, new RoomOrder.Keep(GARDEN, NO_CHANGE, 60)));
        assertThat(small.handle(new HubEvent.Ordered(7, new RoomOrder.Keep(CELLAR, NO_CHANGE, 60))))
                .containsExactly(refused(Reason.ROOMS_EXHAUSTED));
        small.open(ANN);
        assertThat(small.join(ANN, CELLAR)).isEqualTo(HubFixture.refused(ANN, Refusal.ROOMS_EXHAUSTED, CELLAR));
        assertThat(small.join(ANN, GARDEN)).contains(new HubEffect.Entered(GARDEN, ANN, HubFixture.REMOTE));
    }

    @Test
    void refusedOrderChangesNothing() {
        JsonText large = new JsonText("\"" + "x".repeat(4095) + "\"");
        RoomChange tooLarge = new RoomChange(true, null, null, null, null, true, large);
        assertThat(order(new RoomOrder.Keep(GARDEN, tooLarge, 60))).containsExactly(refused(Reason.METADATA_TOO_LARGE));
        RoomName longName = new RoomName("n".repeat(129));
        assertThat(order(new RoomOrder.Keep(longName, NO_CHANGE, 60))).containsExactly(refused(Reason.NAME_TOO_LONG));
        hub.assertEmpty();
    }
}
