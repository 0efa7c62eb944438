package dev.parley.signaling.core;

import static dev.parley.signaling.core.HubFixture.ANN;
import static dev.parley.signaling.core.HubFixture.BOB;
import static dev.parley.signaling.core.HubFixture.CAT;
import static dev.parley.signaling.core.HubFixture.CELLAR;
import static dev.parley.signaling.core.HubFixture.GARDEN;
import static dev.parley.signaling.core.HubFixture.REMOTE;
import static dev.parley.signaling.core.HubFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.ClientMessage.Expel;
import dev.parley.signaling.core.ClientMessage.SetRole;
import dev.parley.signaling.core.ClientMessage.Signal;
import dev.parley.testing.SeededGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The signaling security list (section 4), by its lines, as far as it is the core that keeps them. */
class SecurityListTest {
    private static final HubLimits CROWDED = HubLimits.defaults()
            .with(HubLimit.SESSIONS, 20_000)
            .with(HubLimit.SESSIONS_PER_ADDRESS, 20_000)
            .with(HubLimit.DELIVERY_BURST, 10_000_000)
            .with(HubLimit.ROOM_ROSTER_BYTES, 16_777_216)
            .with(HubLimit.ROOM_MEMBERS, 10_000);

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\u0000", "a\nb", "\u200b", "a\u202eb", "\ud800", "\ue000", " a", "a "})
    void section4Line5NamesOutsideOfTheAlphabetAreNone(String text) {
        assertThat(RoomName.find(text)).isNull();
        assertThat(MemberName.find(text)).isNull();
    }

    @Test
    void section4Line5NamesAreNormalisedAndHave128CharactersAtMost() {
        assertThat(RoomName.find("e\u0301")).isEqualTo(RoomName.find("\u00e9"));
        HubFixture hub = new HubFixture();
        hub.open(ANN);
        assertThat(hub.join(ANN, HubFixture.room("\u00e9".repeat(129)))).anyMatch(HubEffect.Refused.class::isInstance);
        assertThat(hub.join(ANN, HubFixture.room("\u00e9".repeat(128)))).noneMatch(HubEffect.Refused.class::isInstance);
    }

    /** Targets are aimed at random; what is said in a room is marked with its name. */
    @Test
    void section4Line6NothingReachesAnotherRoomOrAnotherAddressee() {
        SeededGenerator.forAll(200, random -> {
            HubFixture hub = new HubFixture();
            List<SessionId> ids = new ArrayList<>();
            Map<SessionId, List<RoomName>> roomsById = new TreeMap<>();
            for (int i = 0; i < 8; i++) {
                SessionId id = new SessionId("s" + i);
                ids.add(id);
                hub.open(id);
                List<RoomName> rooms = random.oneOf(List.of(GARDEN), List.of(CELLAR), List.of(GARDEN, CELLAR));
                roomsById.put(id, rooms);
                rooms.forEach(room -> hub.join(id, room));
            }
            for (int step = 0; step < 50; step++) {
                RoomName room = random.oneOf(GARDEN, CELLAR);
                SessionId to = random.chance(60) ? random.oneOf(ids) : null;
                Role role = to == null && random.chance(50) ? random.oneOf(Role.values()) : null;
                Signal signal = new Signal(room, to, role, new JsonText('"' + room.value() + '"'), null);
                for (HubEffect effect : hub.send(random.oneOf(ids), signal)) {
                    if (effect instanceof HubEffect.Send(var deliveries, ServerMessage.Signalled signalled)) {
                        assertThat(signalled.data().text()).isEqualTo('"' + room.value() + '"');
                        assertThat(deliveries)
                                .allMatch(delivery -> roomsById
                                                .getOrDefault(delivery.to(), List.of())
                                                .contains(room)
                                        && (to == null || delivery.to().equals(to)));
                    }
                }
            }
        });
    }

    @Test
    void section4Line7TheSenderIsPutInByTheHub() {
        HubFixture hub = new HubFixture().with(GARDEN, ANN, BOB);
        assertThat(hub.signal(ANN, GARDEN, BOB))
                .singleElement()
                .isInstanceOfSatisfying(
                        HubEffect.Send.class,
                        send -> assertThat(((ServerMessage.Signalled) send.message()).from())
                                .isEqualTo(ANN));
    }

    /** In the same event: nothing waits, and the relay hears of it by the effect that says so. */
    @Test
    void section4Line8KickBanAndDemotionActAtOnce() {
        for (boolean banned : new boolean[] {false, true}) {
            HubFixture hub = new HubFixture().with(GARDEN, ANN, BOB, CAT);
            assertThat(hub.send(ANN, new Expel(GARDEN, BOB, banned, null)))
                    .contains(new HubEffect.Departed(GARDEN, BOB, banned ? Departure.BANNED : Departure.KICKED));
            assertThat(hub.signal(BOB, GARDEN, CAT)).contains(new HubEffect.Refused(BOB, Refusal.NOT_IN_ROOM));
            assertThat(hub.signal(CAT, GARDEN, null).toString()).doesNotContain(BOB.value());
            hub.send(ANN, new SetRole(GARDEN, CAT, Role.LISTENER, null));
            assertThat(hub.signal(CAT, GARDEN, null))
                    .contains(new HubEffect.Refused(CAT, Refusal.LISTENERS_ONLY_LISTEN));
        }
    }

    @Test
    void section4Line9TheEndOfATokenIsTheEndOfTheSessionAndOnlyANewerTokenMovesIt() {
        HubFixture hub = new HubFixture();
        hub.handle(new HubEvent.Opened(ANN, REMOTE, key(ANN, 1), until(60)));
        hub.join(ANN, GARDEN);
        hub.after(30, TimeUnit.SECONDS);
        hub.handle(new HubEvent.Refreshed(ANN, Stamp.NONE, until(20), null));
        hub.after(19, TimeUnit.SECONDS).handle(new HubEvent.TimerFired());
        assertThat(hub.hub.sessionCount()).isOne();
        assertThat(hub.after(1, TimeUnit.SECONDS).handle(new HubEvent.TimerFired()))
                .contains(
                        new HubEffect.Close(ANN, CloseReason.TOKEN_EXPIRED),
                        new HubEffect.Departed(GARDEN, ANN, until(20).user(), Departure.CLOSED));
        hub.assertEmpty();
    }

    private static Identity until(int seconds) {
        return new Identity(
                UserId.find("ann"), null, List.of(Grant.EVERYWHERE), Allowance.USUAL, Duration.ofSeconds(seconds));
    }

    @Test
    void section4Line10AResumeTokenIsGoodOnceForItsSessionAndThirtySeconds() {
        HubFixture hub = new HubFixture().with(GARDEN, ANN, BOB);
        hub.close(ANN, Departure.LOST);
        hub.after(29, TimeUnit.SECONDS).handle(new HubEvent.TimerFired());
        assertThat(hub.resume(ANN, 1, 0)).contains(new HubEffect.Attach(ANN));
        hub.ping(ANN);
        assertThat(hub.resume(ANN, 1, 0)).as("a replay").containsExactly(new HubEffect.RefuseResume(null));
        var mixed = new ResumeKey(BOB, "secret2");
        assertThat(hub.handle(new HubEvent.Resumed(mixed, 0, REMOTE, key(BOB, 2), null)))
                .as("another's secret")
                .containsExactly(new HubEffect.RefuseResume(null));
        hub.close(ANN, Departure.LOST);
        hub.after(30, TimeUnit.SECONDS).handle(new HubEvent.TimerFired());
        assertThat(hub.resume(ANN, 2, 0)).as("too late").containsExactly(new HubEffect.RefuseResume(null));
    }

    @Test
    void section4Line11TheSameUserReplacesHimselfAndLeavesNoGhost() {
        HubFixture hub = new HubFixture(HubLimits.defaults(), new IdentityPolicy(false, true));
        hub.handle(new HubEvent.Opened(ANN, REMOTE, key(ANN, 1), until(3600)));
        hub.handle(new HubEvent.Opened(BOB, REMOTE, key(BOB, 1), until(3600)));
        hub.join(ANN, GARDEN);
        hub.close(ANN, Departure.LOST);
        assertThat(hub.join(BOB, GARDEN))
                .contains(new HubEffect.Departed(GARDEN, ANN, until(3600).user(), Departure.REPLACED));
        assertThat(hub.hub.memberCount()).isOne();
        hub.after(30, TimeUnit.SECONDS).handle(new HubEvent.TimerFired());
        assertThat(hub.hub.sessionCount()).isOne();
    }

    /** A hundred rooms of a hundred fill while somebody speaks in each: whoever is in has all since then, once. */
    @Test
    void section4Line21OrderHoldsWhileTenThousandJoinAndWhoLeftHearsNothing() {
        HubFixture hub = new HubFixture(CROWDED);
        int heard = 0;
        for (int room = 0; room < 100; room++) {
            heard += fill(hub, HubFixture.room("room " + room));
        }
        assertThat(hub.hub.sessionCount()).isEqualTo(10_000);
        assertThat(heard).isEqualTo(100 * (10 + 20 + 30 + 40 + 50 + 60 + 70 + 80 + 90));
    }

    /** Returns how often somebody heard the one who made the room, who speaks when it has ten more. */
    private static int fill(HubFixture hub, RoomName room) {
        Map<SessionId, Integer> lastById = new TreeMap<>();
        SessionId speaker = new SessionId(room.value());
        hub.open(speaker);
        hub.join(speaker, room);
        int heard = 0;
        for (int i = 1; i < 100; i++) {
            SessionId id = new SessionId(room.value() + " member " + i);
            hub.open(id);
            hub.join(id, room);
            lastById.put(id, (i - 1) / 10);
            if (i % 10 == 0) {
                heard += speak(hub, room, speaker, i / 10, lastById);
                hub.leave(id, room);
                assertThat(hub.signal(speaker, room, null).toString()).doesNotContain("value=" + id.value() + "]");
                hub.join(id, room);
            }
        }
        return heard;
    }

    private static int speak(
            HubFixture hub, RoomName room, SessionId speaker, int number, Map<SessionId, Integer> last) {
        var said = new Signal(room, null, null, new JsonText(Integer.toString(number)), null);
        List<HubEffect> effects = hub.send(speaker, said);
        assertThat(effects).hasSize(1);
        var send = (HubEffect.Send) effects.getFirst();
        assertThat(send.to().stream().map(Delivery::to)).containsExactlyInAnyOrderElementsOf(last.keySet());
        send.to()
                .forEach(delivery -> assertThat(last.put(delivery.to(), number)).isEqualTo(number - 1));
        return send.to().size();
    }
}
