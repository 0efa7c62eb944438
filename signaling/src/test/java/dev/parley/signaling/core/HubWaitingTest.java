package dev.parley.signaling.core;

import static dev.parley.signaling.core.HubFixture.ANN;
import static dev.parley.signaling.core.HubFixture.BOB;
import static dev.parley.signaling.core.HubFixture.CAT;
import static dev.parley.signaling.core.HubFixture.CELLAR;
import static dev.parley.signaling.core.HubFixture.GARDEN;
import static dev.parley.signaling.core.HubFixture.REMOTE;
import static dev.parley.signaling.core.HubFixture.limited;
import static dev.parley.signaling.core.HubFixture.named;
import static dev.parley.signaling.core.HubFixture.refused;
import static dev.parley.signaling.core.HubFixture.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.HubEffect.Close;
import dev.parley.signaling.core.HubEffect.Departed;
import dev.parley.signaling.core.HubEffect.Ended;
import dev.parley.signaling.core.HubEffect.Entered;
import dev.parley.signaling.core.ServerMessage.Joined;
import dev.parley.signaling.core.ServerMessage.KnockEnded;
import dev.parley.signaling.core.ServerMessage.Knocked;
import dev.parley.signaling.core.ServerMessage.Left;
import dev.parley.signaling.core.ServerMessage.MemberJoined;
import dev.parley.signaling.core.ServerMessage.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rooms whose hosts let in. Ann made the garden and its waiting room, Bob waits before it. */
class HubWaitingTest {
    private static final Ref REF = new Ref("7");
    private static final RoomView WAITED_FOR = new RoomView(false, false, true, false, 0, null);
    private static final RoomChange ON = waitingRoom(true);
    private static final RoomChange OFF = waitingRoom(false);

    private final HubFixture hub = waited(new HubFixture());

    private static RoomChange waitingRoom(boolean wanted) {
        return new RoomChange(null, null, wanted, null, null, false, null);
    }

    private static HubFixture waited(HubFixture hub) {
        hub.with(GARDEN, ANN);
        configure(hub, ON);
        hub.open(BOB);
        knock(hub, BOB);
        return hub;
    }

    private static List<HubEffect> configure(HubFixture hub, RoomChange change) {
        return hub.send(ANN, new ClientMessage.Configure(GARDEN, change, null));
    }

    private static List<HubEffect> knock(HubFixture hub, SessionId id) {
        return hub.send(id, new ClientMessage.Join(GARDEN, named("Guest"), null, REF));
    }

    private List<HubEffect> admit(SessionId host, SessionId id) {
        return hub.send(host, new ClientMessage.AnswerKnock(GARDEN, id, true, null));
    }

    private static HubEffect ended(SessionId id, KnockEnd end, @Nullable Ref ref) {
        return send(List.of(ANN), new KnockEnded(GARDEN, id, end, ref));
    }

    private static MemberView host(SessionId id) {
        return new MemberView(id, Role.HOST, Presence.EMPTY);
    }

    @Test
    void whoJoinsWaitsAndTheHostsAreTold() {
        hub.open(CAT);
        assertThat(knock(hub, CAT))
                .containsExactly(
                        send(List.of(CAT), new Waiting(GARDEN, REF)),
                        send(List.of(ANN), new Knocked(GARDEN, new Knock(CAT, named("Guest")))));
        assertThat(hub.hub.memberCount()).isEqualTo(1);
        assertThat(hub.hub.waitingFor(GARDEN)).containsExactlyInAnyOrder(BOB, CAT);
    }

    @Test
    void admittedHeIsInTheRoomUnderTheRefOfHisJoin() {
        var answer = new ClientMessage.AnswerKnock(GARDEN, BOB, true, new Ref("8"));

        assertThat(hub.send(ANN, answer))
                .containsExactly(
                        ended(BOB, KnockEnd.ADMITTED, new Ref("8")),
                        new Entered(GARDEN, BOB, REMOTE),
                        send(
                                List.of(BOB),
                                new Joined(
                                        GARDEN,
                                        BOB,
                                        Role.MEMBER,
                                        WAITED_FOR,
                                        List.of(),
                                        List.of(host(ANN)),
                                        List.of(),
                                        REF)),
                        send(List.of(ANN), new MemberJoined(GARDEN, new MemberView(BOB, Role.MEMBER, named("Guest")))));
        assertThat(hub.hub.waitingFor(GARDEN)).isEmpty();
    }

    @Test
    void refusedHeHearsWhatEverybodyHearsWhoIsNotLetIn() {
        assertThat(hub.send(ANN, new ClientMessage.AnswerKnock(GARDEN, BOB, false, null)))
                .containsExactly(
                        ended(BOB, KnockEnd.REFUSED, null),
                        new HubEffect.Refused(BOB, Refusal.NOT_ADMITTED),
                        send(List.of(BOB), new ServerMessage.Problem(Refusal.NOT_ADMITTED, null, REF, GARDEN)));
        assertThat(Refusal.NOT_ADMITTED.code()).isEqualTo(ErrorCode.JOIN_REFUSED);
    }

    @Test
    void whoWaitsIsNotInTheRoom() {
        assertThat(hub.signal(BOB, GARDEN, ANN)).isEqualTo(refused(BOB, Refusal.NOT_IN_ROOM, GARDEN));
        assertThat(hub.signal(ANN, GARDEN, BOB)).isEqualTo(refused(ANN, Refusal.NO_SUCH_MEMBER, GARDEN));
        assertThat(hub.signal(ANN, GARDEN, null)).as("to nobody").isEmpty();
        assertThat(admit(BOB, BOB)).isEqualTo(refused(BOB, Refusal.NOT_IN_ROOM, GARDEN));
        assertThat(hub.join(BOB, GARDEN)).isEqualTo(refused(BOB, Refusal.ALREADY_JOINED, GARDEN));
    }

    @Test
    void onlyHostsLetIn() {
        admit(ANN, BOB);
        hub.open(CAT);
        knock(hub, CAT);

        assertThat(admit(BOB, CAT)).isEqualTo(refused(BOB, Refusal.NOT_HOST, GARDEN));
        assertThat(admit(ANN, new SessionId("nobody"))).isEqualTo(refused(ANN, Refusal.NO_SUCH_MEMBER, GARDEN));
    }

    @Test
    void hostByTokenDoesNotWaitAndHearsWhoDoes() {
        hub.handle(new HubEvent.Opened(
                CAT,
                REMOTE,
                HubFixture.key(CAT, 1),
                new Identity(null, null, List.of(new Grant("", true, Role.HOST)), Allowance.USUAL, null)));

        assertThat(hub.join(CAT, GARDEN))
                .contains(send(
                        List.of(CAT),
                        new Joined(
                                GARDEN,
                                CAT,
                                Role.HOST,
                                WAITED_FOR,
                                List.of(),
                                List.of(host(ANN)),
                                List.of(new Knock(BOB, named("Guest"))),
                                null)));
    }

    @Test
    void newHostIsToldWhoWaits() {
        hub.open(CAT);
        knock(hub, CAT);
        admit(ANN, CAT);

        assertThat(hub.leave(ANN, GARDEN))
                .contains(send(List.of(CAT), new Knocked(GARDEN, new Knock(BOB, named("Guest")))));
        assertThat(admit(CAT, BOB)).contains(new Entered(GARDEN, BOB, REMOTE));
        assertThat(hub.send(CAT, new ClientMessage.SetRole(GARDEN, BOB, Role.HOST, null)))
                .as("nobody waits any more")
                .hasSize(2);
    }

    @Test
    void whoGivesUpIsForgottenAndTheHostsAreTold() {
        assertThat(hub.send(BOB, new ClientMessage.Leave(GARDEN, REF)))
                .containsExactly(
                        ended(BOB, KnockEnd.LEFT, null), send(List.of(BOB), new Left(GARDEN, Departure.LEFT, REF)));
        assertThat(admit(ANN, BOB)).isEqualTo(refused(ANN, Refusal.NO_SUCH_MEMBER, GARDEN));
    }

    @Test
    void lostConnectionKeepsTheKnockForItsTimeAndNotOneTickLonger() {
        hub.close(BOB, Departure.LOST);
        hub.nowNanos += TimeUnit.SECONDS.toNanos(30) - 1;
        hub.handle(new HubEvent.TimerFired());
        assertThat(hub.hub.waitingFor(GARDEN)).contains(BOB);
        hub.nowNanos++;

        assertThat(hub.handle(new HubEvent.TimerFired())).contains(ended(BOB, KnockEnd.LOST, null), new Ended(BOB));
        assertThat(hub.hub.waitingFor(GARDEN)).isEmpty();
    }

    @Test
    void whoResumesWaitsOnAndHearsHowItEnded() {
        hub.close(BOB, Departure.LOST);
        admit(ANN, BOB);

        assertThat(hub.resume(BOB, 1, 1))
                .anyMatch(effect -> effect instanceof HubEffect.Send(var to, Joined joined)
                        && joined.id().equals(BOB));
    }

    @Test
    void afterALossTheClientIsToldAgainThatItWaits() {
        var small = waited(new HubFixture(HubLimits.defaults().with(HubLimit.RESUME_MESSAGES, 4)));
        IntStream.range(0, 4).forEach(_ -> small.leave(BOB, CELLAR));

        assertThat(small.resume(BOB, 1, 0)).contains(send(List.of(BOB), new Waiting(GARDEN, REF)));
    }

    @Test
    void sessionThatWaitsIsNotClosedForBeingInNoRoomUntilItHasWaitedInVain() {
        for (int i = 0; i < 10; i++) {
            hub.after(10, TimeUnit.SECONDS).ping(BOB);
            hub.ping(ANN);
            assertThat(hub.handle(new HubEvent.TimerFired())).doesNotContain(new Close(BOB, CloseReason.NO_ROOM));
        }
        hub.ping(ANN);
        hub.send(ANN, new ClientMessage.AnswerKnock(GARDEN, BOB, false, null));
        hub.nowNanos += TimeUnit.SECONDS.toNanos(10) - 1;
        assertThat(hub.handle(new HubEvent.TimerFired())).doesNotContain(new Close(BOB, CloseReason.NO_ROOM));
        hub.nowNanos++;
        assertThat(hub.handle(new HubEvent.TimerFired())).contains(new Close(BOB, CloseReason.NO_ROOM));
    }

    @Test
    void whenNobodyHasToWaitAnyMoreAllComeInAsFarAsThereIsPlace() {
        hub.open(CAT);
        knock(hub, CAT);
        configure(hub, new RoomChange(null, null, null, null, 2, false, null));

        assertThat(configure(hub, OFF))
                .contains(ended(BOB, KnockEnd.ADMITTED, null), new Entered(GARDEN, BOB, REMOTE))
                .contains(ended(CAT, KnockEnd.REFUSED, null), new HubEffect.Refused(CAT, Refusal.NOT_ADMITTED));
        assertThat(hub.hub.waitingFor(GARDEN)).isEmpty();
    }

    @Test
    void hostOpensALockedRoomButNotAFullOneAndNotForTheBanned() {
        configure(hub, new RoomChange(true, null, null, null, 1, false, null));
        assertThat(admit(ANN, BOB)).isEqualTo(refused(ANN, Refusal.ROOM_FULL, GARDEN));
        configure(hub, new RoomChange(null, null, null, null, 9, false, null));
        hub.open(CAT);
        assertThat(knock(hub, CAT))
                .as("nobody knocks any more")
                .contains(new HubEffect.Refused(CAT, Refusal.ROOM_LOCKED));
        assertThat(admit(ANN, BOB)).contains(new Entered(GARDEN, BOB, REMOTE));
    }

    @Test
    void withTheRoomTheWaitingEnds() {
        assertThat(hub.leave(ANN, GARDEN))
                .containsExactly(
                        new Departed(GARDEN, ANN, Departure.LEFT),
                        new HubEffect.Refused(BOB, Refusal.NOT_ADMITTED),
                        send(List.of(BOB), new ServerMessage.Problem(Refusal.NOT_ADMITTED, null, REF, GARDEN)),
                        send(List.of(ANN), new Left(GARDEN, Departure.LEFT, null)));
        assertThat(knock(hub, BOB)).as("a new room, which he makes").contains(new Entered(GARDEN, BOB, REMOTE));
    }

    @Test
    void whoTakesHisOwnPlaceDoesNotWait() {
        var once = new HubFixture(HubLimits.defaults(), new IdentityPolicy(false, true));
        once.with(GARDEN, ANN);
        Identity user = new Identity(UserId.find("bob"), null, List.of(Grant.EVERYWHERE), Allowance.USUAL, null);
        once.handle(new HubEvent.Opened(BOB, REMOTE, HubFixture.key(BOB, 1), user));
        once.join(BOB, GARDEN);
        configure(once, ON);
        once.handle(new HubEvent.Opened(CAT, REMOTE, HubFixture.key(CAT, 1), user));

        assertThat(once.join(CAT, GARDEN))
                .contains(
                        new Entered(GARDEN, CAT, REMOTE, user.user()),
                        new Departed(GARDEN, BOB, user.user(), Departure.REPLACED));
    }

    @Test
    void newerTokenHasToNameTheRoomWaitedFor() {
        Identity other = new Identity(
                null, null, List.of(new Grant("cellar", false, null)), Allowance.USUAL, Duration.ofHours(1));

        assertThat(hub.handle(new HubEvent.Refreshed(BOB, Stamp.NONE, other, REF)))
                .contains(new HubEffect.Refused(BOB, Refusal.DENIED));
    }

    @Test
    void roomHasItsPlacesToWaitAndNotOneMore() {
        var small = waited(limited(HubLimit.WAITING_PER_ROOM, 2));
        small.open(CAT);
        SessionId dan = new SessionId("dan");
        small.open(dan);

        assertThat(knock(small, CAT)).contains(send(List.of(CAT), new Waiting(GARDEN, REF)));
        assertThat(knock(small, dan)).contains(new HubEffect.Refused(dan, Refusal.WAITING_ROOM_FULL));
        assertThat(Refusal.WAITING_ROOM_FULL.code()).isEqualTo(ErrorCode.JOIN_REFUSED);
        small.leave(BOB, GARDEN);
        assertThat(knock(small, dan)).contains(send(List.of(dan), new Waiting(GARDEN, REF)));
    }

    @Test
    void whoWaitsSharesTheBytesOfTheRosterButTakesNoneFromHosts() {
        int each = named("Guest").rosterBytes();
        int bytes = 1024;
        var small = waited(limited(HubLimit.ROOM_ROSTER_BYTES, bytes));
        int more = (bytes - Presence.EMPTY.rosterBytes()) / each - 1;
        for (int i = 0; i <= more; i++) {
            SessionId id = new SessionId("guest" + i);
            small.open(id);
            boolean refused = knock(small, id).contains(new HubEffect.Refused(id, Refusal.ROSTER_FULL));
            assertThat(refused).as("guest %s of %s", i, more).isEqualTo(i == more);
        }
        assertThat(small.hub.memberCount()).isEqualTo(1);
    }

    @Test
    void roomsWaitedForCountAsRoomsOfTheSession() {
        var small = waited(limited(HubLimit.ROOMS_PER_SESSION, 1));

        assertThat(small.join(BOB, CELLAR)).isEqualTo(refused(BOB, Refusal.TOO_MANY_ROOMS, CELLAR));
        small.leave(BOB, GARDEN);
        assertThat(small.join(BOB, CELLAR)).contains(new Entered(CELLAR, BOB, REMOTE));
    }

    @Test
    void nothingIsLeftWhenAllAreGone() {
        hub.close(BOB, Departure.LEFT);
        hub.close(ANN, Departure.LEFT);
        hub.assertEmpty();
        var drained = waited(new HubFixture());
        assertThat(drained.handle(new HubEvent.Drained())).contains(new Ended(BOB), new Ended(ANN));
        drained.assertEmpty();
    }
}
