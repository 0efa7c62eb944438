package dev.parley.signaling.core;

import static dev.parley.signaling.core.HubFixture.ANN;
import static dev.parley.signaling.core.HubFixture.BOB;
import static dev.parley.signaling.core.HubFixture.CAT;
import static dev.parley.signaling.core.HubFixture.CELLAR;
import static dev.parley.signaling.core.HubFixture.GARDEN;
import static dev.parley.signaling.core.HubFixture.REMOTE;
import static dev.parley.signaling.core.HubFixture.named;
import static dev.parley.signaling.core.HubFixture.refused;
import static dev.parley.signaling.core.HubFixture.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.HubEffect.Departed;
import dev.parley.signaling.core.HubEffect.Ended;
import dev.parley.signaling.core.HubEffect.Entered;
import dev.parley.signaling.core.ServerMessage.Joined;
import dev.parley.signaling.core.ServerMessage.Left;
import dev.parley.signaling.core.ServerMessage.MemberJoined;
import dev.parley.signaling.core.ServerMessage.MemberLeft;
import dev.parley.signaling.core.ServerMessage.MemberUpdated;
import dev.parley.signaling.core.ServerMessage.Pong;
import dev.parley.signaling.core.ServerMessage.Signalled;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HubRoomsTest {
    private static final Ref REF = new Ref("7");

    @Test
    void newSessionIsGreetedAndNothingElse() {
        assertThat(new HubFixture().open(ANN)).containsExactly(HubFixture.greet(ANN));
    }

    @Test
    void firstMemberMakesTheRoomAndFindsNobody() {
        var hub = new HubFixture();
        hub.open(ANN);

        assertThat(hub.send(ANN, new ClientMessage.Join(GARDEN, Presence.EMPTY, null, REF)))
                .containsExactly(
                        new Entered(GARDEN, ANN, REMOTE),
                        send(
                                List.of(ANN),
                                new Joined(
                                        GARDEN, ANN, Role.HOST, RoomView.OPEN, List.of(), List.of(), List.of(), REF)));
        assertThat(hub.hub.roomCount()).isEqualTo(1);
    }

    @Test
    void newcomerSeesTheOthersAndTheySeeHim() {
        var hub = new HubFixture().with(GARDEN, ANN, BOB);
        hub.open(CAT);

        assertThat(hub.join(CAT, GARDEN, named("Cat")))
                .containsExactly(
                        new Entered(GARDEN, CAT, REMOTE),
                        send(
                                List.of(CAT),
                                new Joined(
                                        GARDEN,
                                        CAT,
                                        Role.MEMBER,
                                        RoomView.OPEN,
                                        List.of(),
                                        List.of(
                                                new MemberView(ANN, Role.HOST, Presence.EMPTY),
                                                new MemberView(BOB, Role.MEMBER, Presence.EMPTY)),
                                        List.of(),
                                        null)),
                        send(
                                List.of(ANN, BOB),
                                new MemberJoined(GARDEN, new MemberView(CAT, Role.MEMBER, named("Cat")))));
    }

    @Test
    void signalReachesItsTargetAlone() {
        var hub = new HubFixture().with(GARDEN, ANN, BOB, CAT);

        assertThat(hub.signal(ANN, GARDEN, BOB))
                .containsExactly(send(List.of(BOB), new Signalled(GARDEN, ANN, new JsonText("{}"), null, false)));
    }

    @Test
    void signalWithoutTargetReachesAllOthers() {
        var hub = new HubFixture().with(GARDEN, ANN, BOB, CAT);

        assertThat(hub.signal(BOB, GARDEN, null))
                .containsExactly(send(List.of(ANN, CAT), new Signalled(GARDEN, BOB, new JsonText("{}"), null, true)));
    }

    @Test
    void signalWithoutTargetInAnEmptyRoomIsNoError() {
        assertThat(new HubFixture().with(GARDEN, ANN).signal(ANN, GARDEN, null)).isEmpty();
    }

    @Test
    void memberOfAnotherRoomLooksTheSameAsNobody() {
        var hub = new HubFixture().with(GARDEN, ANN).with(CELLAR, BOB);

        assertThat(hub.signal(ANN, GARDEN, BOB)).isEqualTo(refused(ANN, Refusal.NO_SUCH_MEMBER, GARDEN));
        assertThat(hub.signal(ANN, GARDEN, new SessionId("nobody")))
                .isEqualTo(refused(ANN, Refusal.NO_SUCH_MEMBER, GARDEN));
    }

    @Test
    void foreignRoomLooksTheSameAsNoRoom() {
        var hub = new HubFixture().with(GARDEN, ANN).with(CELLAR, BOB);
        RoomName nowhere = HubFixture.room("nowhere");

        for (RoomName room : List.of(CELLAR, nowhere)) {
            List<HubEffect> refused = refused(ANN, Refusal.NOT_IN_ROOM, room);
            assertThat(hub.signal(ANN, room, BOB)).isEqualTo(refused);
            assertThat(hub.signal(ANN, room, null)).isEqualTo(refused);
            assertThat(hub.leave(ANN, room)).isEqualTo(refused);
            assertThat(hub.send(ANN, rename(room, "x", null))).isEqualTo(refused);
        }
    }

    @Test
    void roomsWithTheSameMembersAreStrangers() {
        var hub = new HubFixture().with(GARDEN, ANN, BOB);
        hub.join(BOB, CELLAR);
        hub.join(ANN, CELLAR);
        hub.leave(BOB, GARDEN);

        assertThat(hub.signal(ANN, GARDEN, BOB)).isEqualTo(refused(ANN, Refusal.NO_SUCH_MEMBER, GARDEN));
        assertThat(hub.signal(ANN, CELLAR, BOB))
                .containsExactly(send(List.of(BOB), new Signalled(CELLAR, ANN, new JsonText("{}"), null, false)));
    }

    private static HubEffect bobIsHost() {
        return send(List.of(BOB), new MemberUpdated(GARDEN, new MemberView(BOB, Role.HOST, Presence.EMPTY), null));
    }

    @Test
    void leavingTellsTheOthersAndThenTheLeaver() {
        var hub = new HubFixture().with(GARDEN, ANN, BOB);

        assertThat(hub.send(ANN, new ClientMessage.Leave(GARDEN, REF)))
                .containsExactly(
                        new Departed(GARDEN, ANN, Departure.LEFT),
                        send(List.of(BOB), new MemberLeft(GARDEN, ANN, Departure.LEFT)),
                        bobIsHost(),
                        send(List.of(ANN), new Left(GARDEN, Departure.LEFT, REF)));
    }

    @Test
    void lastMemberTakesTheRoomAlong() {
        var hub = new HubFixture().with(GARDEN, ANN);
        hub.leave(ANN, GARDEN);

        assertThat(hub.hub.roomCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"LEFT", "CLOSED"})
    void endOfTheConnectionIsALeaveOfAllRooms(Departure departure) {
        var hub = new HubFixture().with(GARDEN, ANN, BOB);
        hub.join(ANN, CELLAR);

        assertThat(hub.close(ANN, departure))
                .containsExactly(
                        new Departed(GARDEN, ANN, departure),
                        send(List.of(BOB), new MemberLeft(GARDEN, ANN, departure)),
                        bobIsHost(),
                        new Departed(CELLAR, ANN, departure),
                        new Ended(ANN));
        assertThat(hub.close(BOB, departure)).containsExactly(new Departed(GARDEN, BOB, departure), new Ended(BOB));
        hub.assertEmpty();
    }

    @Test
    void whatComesAfterTheEndIsVoid() {
        var hub = new HubFixture().with(GARDEN, ANN, BOB);
        hub.close(ANN, Departure.CLOSED);

        assertThat(hub.signal(ANN, GARDEN, BOB)).isEmpty();
        assertThat(hub.handle(new HubEvent.Heard(ANN))).isEmpty();
        assertThat(hub.reject(ANN, "x", null)).isEmpty();
        assertThat(hub.close(ANN, Departure.LEFT)).isEmpty();
    }

    @Test
    void joiningTwiceIsRefusedAndChangesNothing() {
        var hub = new HubFixture().with(GARDEN, ANN, BOB);

        assertThat(hub.join(ANN, GARDEN)).isEqualTo(refused(ANN, Refusal.ALREADY_JOINED, GARDEN));
        assertThat(hub.hub.memberCount()).isEqualTo(2);
    }

    @Test
    void updateChangesWhatItNamesAndTellsAll() {
        var hub = new HubFixture().with(GARDEN, BOB);
        hub.open(ANN);
        hub.join(ANN, GARDEN, HubFixture.describedBy("{\"a\":1}"));

        JsonText metadata = new JsonText("{\"a\":1}");
        MemberView renamed = new MemberView(ANN, Role.MEMBER, new Presence(MemberName.find("Ann"), metadata));
        assertThat(hub.send(ANN, rename(GARDEN, "Ann", REF)))
                .containsExactly(
                        send(List.of(ANN), new MemberUpdated(GARDEN, renamed, REF)),
                        send(List.of(BOB), new MemberUpdated(GARDEN, renamed, null)));
        PresenceChange clear = new PresenceChange(false, null, true, null);
        assertThat(hub.send(ANN, new ClientMessage.Update(GARDEN, clear, null)))
                .contains(send(
                        List.of(BOB), new MemberUpdated(GARDEN, new MemberView(ANN, Role.MEMBER, named("Ann")), null)));
    }

    @Test
    void newcomerSeesTheUpdatedState() {
        var hub = new HubFixture().with(GARDEN, ANN);
        hub.send(ANN, rename(GARDEN, "Anna", null));
        hub.open(BOB);

        assertThat(hub.join(BOB, GARDEN))
                .contains(send(
                        List.of(BOB),
                        new Joined(
                                GARDEN,
                                BOB,
                                Role.MEMBER,
                                RoomView.OPEN,
                                List.of(),
                                List.of(new MemberView(ANN, Role.HOST, named("Anna"))),
                                List.of(),
                                null)));
    }

    @Test
    void pingIsAnsweredWithItsRef() {
        var hub = new HubFixture();
        hub.open(ANN);

        assertThat(hub.send(ANN, new ClientMessage.Ping(REF))).containsExactly(send(List.of(ANN), new Pong(REF, 0)));
    }

    @Test
    void whatTheDialectRejectsIsAnsweredWithItsWords() {
        var hub = new HubFixture();
        hub.open(ANN);

        assertThat(hub.reject(ANN, "room is missing", REF))
                .containsExactly(
                        new HubEffect.Refused(ANN, Refusal.BAD_MESSAGE),
                        send(
                                List.of(ANN),
                                new ServerMessage.Problem(Refusal.BAD_MESSAGE, "room is missing", REF, null)));
    }

    @Test
    void drainClosesAllAndTakesNoMore() {
        var hub = new HubFixture().with(GARDEN, ANN, BOB);

        assertThat(hub.handle(new HubEvent.Drained()))
                .containsExactly(
                        new HubEffect.Close(ANN, CloseReason.GOING_AWAY),
                        new Departed(GARDEN, ANN, Departure.CLOSED),
                        new Ended(ANN),
                        new HubEffect.Close(BOB, CloseReason.GOING_AWAY),
                        new Departed(GARDEN, BOB, Departure.CLOSED),
                        new Ended(BOB));
        hub.assertEmpty();
        assertThat(hub.open(CAT)).containsExactly(new HubEffect.Close(CAT, CloseReason.GOING_AWAY));
    }

    private static ClientMessage rename(RoomName room, String name, @Nullable Ref ref) {
        return new ClientMessage.Update(room, new PresenceChange(true, MemberName.find(name), false, null), ref);
    }
}
