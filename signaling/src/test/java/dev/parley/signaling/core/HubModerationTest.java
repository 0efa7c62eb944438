package dev.parley.signaling.core;

import static dev.parley.signaling.core.HubFixture.ANN;
import static dev.parley.signaling.core.HubFixture.BOB;
import static dev.parley.signaling.core.HubFixture.CAT;
import static dev.parley.signaling.core.HubFixture.CELLAR;
import static dev.parley.signaling.core.HubFixture.GARDEN;
import static dev.parley.signaling.core.HubFixture.refused;
import static dev.parley.signaling.core.HubFixture.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.core.HubEffect.Departed;
import dev.parley.signaling.core.ServerMessage.Left;
import dev.parley.signaling.core.ServerMessage.MemberLeft;
import dev.parley.signaling.core.ServerMessage.MemberUpdated;
import dev.parley.signaling.core.ServerMessage.RoomUpdated;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What hosts may do, and nobody else. Ann made the room. */
class HubModerationTest {
    private static final Ref REF = new Ref("7");

    private final HubFixture hub = new HubFixture().with(GARDEN, ANN, BOB, CAT);

    private static ClientMessage expel(SessionId id, boolean banned) {
        return new ClientMessage.Expel(GARDEN, id, banned, null);
    }

    private static ClientMessage role(SessionId id, Role role) {
        return new ClientMessage.SetRole(GARDEN, id, role, REF);
    }

    private static ClientMessage configure(
            @Nullable Boolean locked, @Nullable String password, @Nullable Integer maxMembers) {
        return new ClientMessage.Configure(
                GARDEN, new RoomChange(locked, password, null, null, maxMembers, false, null), REF);
    }

    private static MemberView view(SessionId id, Role role) {
        return new MemberView(id, role, Presence.EMPTY);
    }

    private List<HubEffect> joinWith(SessionId id, @Nullable String password) {
        return hub.send(id, new ClientMessage.Join(GARDEN, Presence.EMPTY, password, null));
    }

    @Test
    void kickedMemberIsOutAndEverybodyIsTold() {
        assertThat(hub.send(ANN, expel(BOB, false)))
                .containsExactly(
                        new Departed(GARDEN, BOB, Departure.KICKED),
                        send(List.of(ANN, CAT), new MemberLeft(GARDEN, BOB, Departure.KICKED)),
                        send(List.of(BOB), new Left(GARDEN, Departure.KICKED, null)));
        assertThat(hub.join(BOB, GARDEN)).as("he may come back").hasSize(3);
    }

    @Test
    void bannedMemberStaysOut() {
        SessionId dan = new SessionId("dan");
        IpAddress elsewhere = IpAddress.parse("198.51.100.9");
        hub.open(dan, elsewhere);
        hub.join(dan, GARDEN);
        hub.send(ANN, expel(dan, true));

        assertThat(hub.join(dan, GARDEN)).isEqualTo(refused(dan, Refusal.BANNED, GARDEN));
        SessionId again = new SessionId("dan2");
        hub.open(again, elsewhere);
        assertThat(hub.join(again, GARDEN)).isEqualTo(refused(again, Refusal.BANNED, GARDEN));
        assertThat(hub.join(dan, CELLAR)).as("another room is another room").isNotEmpty();
    }

    @Test
    void oneBanMoreThanFitFreesTheOldest() {
        var small = HubFixture.limited(HubLimit.ROOM_BANS, 1).with(GARDEN, ANN);
        for (int i = 1; i <= 2; i++) {
            SessionId id = new SessionId("guest" + i);
            small.open(id, IpAddress.parse("198.51.100." + i));
            small.join(id, GARDEN);
            small.send(ANN, expel(id, true));
        }

        assertThat(small.join(new SessionId("guest1"), GARDEN)).hasSize(3);
        SessionId second = new SessionId("guest2");
        assertThat(small.join(second, GARDEN)).isEqualTo(refused(second, Refusal.BANNED, GARDEN));
    }

    @Test
    void nobodyButAHostModerates() {
        for (ClientMessage message :
                List.of(expel(CAT, false), role(BOB, Role.HOST), configure(true, null, null), expel(ANN, true))) {
            assertThat(hub.send(BOB, message))
                    .contains(new HubEffect.Refused(BOB, Refusal.NOT_HOST))
                    .hasSize(2);
        }
        hub.open(new SessionId("stranger"));
        assertThat(hub.send(new SessionId("stranger"), expel(CAT, false)))
                .contains(new HubEffect.Refused(new SessionId("stranger"), Refusal.NOT_IN_ROOM));
        assertThat(hub.send(ANN, expel(new SessionId("nobody"), false)))
                .contains(new HubEffect.Refused(ANN, Refusal.NO_SUCH_MEMBER));
    }

    @Test
    void hostOfOneRoomIsNobodyInAnother() {
        hub.join(BOB, CELLAR);
        hub.join(ANN, CELLAR);

        assertThat(hub.send(ANN, new ClientMessage.Expel(CELLAR, BOB, false, null)))
                .contains(new HubEffect.Refused(ANN, Refusal.NOT_HOST));
    }

    @Test
    void newRoleIsToldAndCountsAtOnce() {
        assertThat(hub.send(ANN, role(BOB, Role.HOST)))
                .containsExactly(
                        send(List.of(ANN), new MemberUpdated(GARDEN, view(BOB, Role.HOST), REF)),
                        send(List.of(BOB, CAT), new MemberUpdated(GARDEN, view(BOB, Role.HOST), null)));
        assertThat(hub.send(BOB, expel(ANN, false))).contains(new Departed(GARDEN, ANN, Departure.KICKED));
    }

    @Test
    void listenerSpeaksToOneButNotToAll() {
        hub.send(ANN, role(BOB, Role.LISTENER));

        assertThat(hub.signal(BOB, GARDEN, null)).isEqualTo(refused(BOB, Refusal.LISTENERS_ONLY_LISTEN, GARDEN));
        assertThat(hub.signal(BOB, GARDEN, ANN)).hasSize(1);
        assertThat(hub.signal(ANN, GARDEN, null)).hasSize(1);
    }

    @Test
    void roomPassesToTheOneLongestHereWhenItsHostGoes() {
        hub.send(ANN, role(BOB, Role.LISTENER));

        assertThat(hub.leave(ANN, GARDEN))
                .contains(send(List.of(BOB, CAT), new MemberUpdated(GARDEN, view(CAT, Role.HOST), null)));
        assertThat(hub.leave(CAT, GARDEN))
                .as("a listener, when nobody else is here")
                .contains(send(List.of(BOB), new MemberUpdated(GARDEN, view(BOB, Role.HOST), null)));
    }

    @Test
    void onlyHostWhoGivesUpTheRoleKeepsIt() {
        assertThat(hub.send(ANN, role(ANN, Role.MEMBER)))
                .last()
                .isEqualTo(send(List.of(ANN, BOB, CAT), new MemberUpdated(GARDEN, view(ANN, Role.HOST), null)));
    }

    @Test
    void lockedRoomLetsNobodyInUntilItIsOpened() {
        RoomView locked = new RoomView(true, false, false, false, 0, null);
        hub.leave(CAT, GARDEN);
        assertThat(hub.send(ANN, configure(true, null, null)))
                .containsExactly(
                        send(List.of(ANN), new RoomUpdated(GARDEN, locked, REF)),
                        send(List.of(BOB), new RoomUpdated(GARDEN, locked, null)));

        assertThat(hub.join(CAT, GARDEN)).isEqualTo(refused(CAT, Refusal.ROOM_LOCKED, GARDEN));
        hub.send(ANN, configure(false, null, null));
        assertThat(hub.join(CAT, GARDEN)).hasSize(3);
    }

    @Test
    void passwordOpensAndEverythingElseDoesNot() {
        hub.leave(CAT, GARDEN);
        hub.send(ANN, configure(null, "sesame", null));

        for (String wrong : new String[] {null, "", "sesam", "sesamee", "Sesame", "zesame"}) {
            assertThat(joinWith(CAT, wrong)).isEqualTo(refused(CAT, Refusal.WRONG_PASSWORD, GARDEN));
        }
        assertThat(joinWith(CAT, "sesame")).hasSize(3);
        hub.leave(CAT, GARDEN);
        hub.send(ANN, configure(null, "", null));
        assertThat(joinWith(CAT, null)).hasSize(3);
    }

    @Test
    void roomHoldsAsManyAsItsHostsAllowAndNotOneMore() {
        hub.leave(CAT, GARDEN);
        hub.send(ANN, configure(null, null, 2));

        assertThat(hub.join(CAT, GARDEN)).isEqualTo(refused(CAT, Refusal.ROOM_FULL, GARDEN));
        hub.send(ANN, configure(null, null, 3));
        assertThat(hub.join(CAT, GARDEN)).hasSize(3);
    }

    @Test
    void everyClosedDoorLooksTheSame() {
        assertThat(List.of(Refusal.ROOM_FULL, Refusal.ROOM_LOCKED, Refusal.WRONG_PASSWORD, Refusal.BANNED))
                .allMatch(refusal -> refusal.code() == ErrorCode.JOIN_REFUSED);
    }

    @Test
    void passwordsAreNotPrinted() {
        assertThat(configure(null, "sesame", null).toString()).doesNotContain("sesame");
        assertThat(new ClientMessage.Join(GARDEN, Presence.EMPTY, "sesame", null).toString())
                .doesNotContain("sesame");
    }

    @Test
    void kickedSessionThatJoinsNoOtherRoomIsClosed() {
        hub.send(ANN, expel(BOB, false));
        long kickedNanos = hub.nowNanos;

        assertThat(hub.fireNext()).contains(new HubEffect.Close(BOB, CloseReason.NO_ROOM));
        assertThat(hub.nowNanos - kickedNanos).isEqualTo(10_000_000_000L);
    }
}
