package dev.parley.signaling.core;

import static dev.parley.signaling.core.HubFixture.ANN;
import static dev.parley.signaling.core.HubFixture.BOB;
import static dev.parley.signaling.core.HubFixture.CAT;
import static dev.parley.signaling.core.HubFixture.CELLAR;
import static dev.parley.signaling.core.HubFixture.GARDEN;
import static dev.parley.signaling.core.HubFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.ClientMessage.AnswerKnock;
import dev.parley.signaling.core.ClientMessage.Configure;
import dev.parley.signaling.core.ClientMessage.Expel;
import dev.parley.signaling.core.ClientMessage.Join;
import dev.parley.signaling.core.ClientMessage.SetKey;
import dev.parley.signaling.core.ClientMessage.SetRole;
import dev.parley.signaling.core.ClientMessage.Signal;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What broke other hubs, rows 72 to 76 of the security list, and floods, section 3 rows 24, 26 and 30. */
class HubRowsTest {
    private static final SessionId DAN = new SessionId("dan");
    private static final HubLimits CROWDED = HubLimits.defaults()
            .with(HubLimit.SESSIONS, 20_000)
            .with(HubLimit.SESSIONS_PER_ADDRESS, 20_000)
            .with(HubLimit.ROOMS, 20_000);

    @Test
    void row72OnlyTheVeryPasswordOpens() {
        HubFixture hub = new HubFixture().with(GARDEN, ANN);
        String right = "caf\u00e9 au lait";
        hub.send(ANN, new Configure(GARDEN, new RoomChange(null, right, null, null, null, false, null), null));
        hub.open(BOB);
        for (String wrong : new @Nullable String[] {
            null,
            "",
            "x",
            "caf\u00e9 au lai",
            "caf\u00e9 au laiu",
            "Caf\u00e9 au lait",
            right + " ",
            right + "\u0000",
            right + right,
            "cafe\u0301 au lait"
        }) {
            assertThat(hub.send(BOB, new Join(GARDEN, Presence.EMPTY, wrong, null)))
                    .as(wrong)
                    .isEqualTo(refused(BOB, Refusal.WRONG_PASSWORD, GARDEN));
        }
        assertThat(hub.send(BOB, new Join(GARDEN, Presence.EMPTY, right, null)))
                .contains(new HubEffect.Entered(GARDEN, BOB, HubFixture.REMOTE));
    }

    /** Everything that acts on others or on the room. */
    static Stream<ClientMessage> control() {
        return Stream.of(
                new Expel(GARDEN, CAT, false, null),
                new Expel(GARDEN, CAT, true, null),
                new AnswerKnock(GARDEN, DAN, true, null),
                new AnswerKnock(GARDEN, DAN, false, null),
                new SetRole(GARDEN, CAT, Role.LISTENER, null),
                new SetRole(GARDEN, BOB, Role.HOST, null),
                new Configure(GARDEN, new RoomChange(true, null, null, null, null, false, null), null),
                new Configure(GARDEN, new RoomChange(null, "mine", true, null, 1, false, null), null));
    }

    @ParameterizedTest
    @MethodSource("control")
    void row75ControlIsForHostsOfThatVeryRoom(ClientMessage message) {
        HubFixture hub = new HubFixture().with(GARDEN, ANN, BOB, CAT);
        hub.send(ANN, new Configure(GARDEN, new RoomChange(null, null, true, null, null, false, null), null));
        hub.open(DAN);
        hub.join(DAN, GARDEN); // and waits
        SessionId stranger = new SessionId("host of another room");
        hub.open(stranger);
        hub.join(stranger, CELLAR);
        assertThat(hub.send(BOB, message)).as("a member").isEqualTo(refused(BOB, Refusal.NOT_HOST, GARDEN));
        assertThat(hub.send(stranger, message))
                .as("a host elsewhere")
                .isEqualTo(refused(stranger, Refusal.NOT_IN_ROOM, GARDEN));
        hub.send(ANN, new SetRole(GARDEN, BOB, Role.LISTENER, null));
        assertThat(hub.send(BOB, message)).as("a listener").isEqualTo(refused(BOB, Refusal.NOT_HOST, GARDEN));
        assertThat(hub.send(ANN, message))
                .as("the host")
                .noneMatch(effect -> effect instanceof HubEffect.Refused(var id, var why) && id.equals(ANN));
        hub.send(ANN, new SetRole(GARDEN, BOB, Role.HOST, null));
        hub.send(BOB, new SetRole(GARDEN, ANN, Role.MEMBER, null));
        assertThat(hub.send(ANN, message)).as("a host no more").isEqualTo(refused(ANN, Refusal.NOT_HOST, GARDEN));
    }

    @Test
    void row75ListenersNeitherCallToAllNorSet() {
        HubFixture hub = new HubFixture().with(GARDEN, ANN, BOB);
        hub.send(ANN, new SetRole(GARDEN, BOB, Role.LISTENER, null));
        MemberName key = Objects.requireNonNull(MemberName.find("k"));
        assertThat(hub.signal(BOB, GARDEN, null)).isEqualTo(refused(BOB, Refusal.LISTENERS_ONLY_LISTEN, GARDEN));
        assertThat(hub.send(BOB, new SetKey(GARDEN, key, new JsonText("1"), null)))
                .isEqualTo(refused(BOB, Refusal.LISTENERS_ONLY_LISTEN, GARDEN));
    }

    @Test
    void row76TenThousandHalfOpenJoinsLeaveNothing() {
        HubFixture hub = new HubFixture(CROWDED);
        for (int i = 0; i < 10_000; i++) {
            SessionId id = new SessionId("s" + i);
            hub.open(id);
            if (i % 2 == 0) {
                hub.close(id, Departure.LOST);
            }
        }
        assertThat(hub.hub.sessionCount()).isEqualTo(10_000);
        while (hub.hub.nextDeadlineNanos() != Long.MAX_VALUE) {
            hub.fireNext();
        }
        hub.assertEmpty();
        assertThat(hub.nowNanos).isLessThan(TimeUnit.SECONDS.toNanos(31));
    }

    @Test
    void section3Row24AFloodIsRefusedUntoldAndThenClosed() {
        HubFixture hub = new HubFixture().with(GARDEN, ANN, BOB);
        int delivered = 0;
        int warned = 0;
        List<HubEffect> effects = List.of();
        int sent = 0;
        while (effects.stream().noneMatch(HubEffect.Close.class::isInstance)) {
            effects = hub.signal(ANN, GARDEN, null);
            boolean refused = effects.stream().anyMatch(HubEffect.Refused.class::isInstance);
            assertThat(effects.stream().filter(HubEffect.Send.class::isInstance))
                    .hasSizeLessThanOrEqualTo(2);
            warned += refused ? 1 : 0;
            delivered += refused ? 0 : 1;
            sent++;
        }
        System.out.println(
                "section 3 row 24: closed after " + sent + ", delivered " + delivered + ", warned " + warned);
        assertThat(delivered).isLessThanOrEqualTo(HubLimit.MESSAGE_BURST.defaultValue());
        assertThat(warned).isEqualTo(HubLimit.WARNING_BURST.defaultValue() + 1);
        assertThat(effects).contains(new HubEffect.Close(ANN, CloseReason.FLOOD));
        assertThat(hub.ping(BOB)).hasSize(1);
    }

    /** A hub that does nothing but open and close rooms is as small afterwards as before. */
    @Test
    void section3Row26AMillionRoomsLeaveNothing() {
        HubFixture hub = new HubFixture();
        hub.open(ANN);
        churn(hub, 0, 10_000);
        long before = usedHeap();
        churn(hub, 10_000, 1_010_000);
        long grown = usedHeap() - before;
        System.out.println("section 3 row 26: 1000000 rooms, heap " + grown + " bytes more");
        assertThat(grown).isLessThan(1 << 20);
        assertThat(hub.hub.roomCount()).isZero();
        hub.close(ANN, Departure.LEFT);
        hub.assertEmpty();
    }

    private static void churn(HubFixture hub, int from, int to) {
        int opened = 0;
        for (int i = from; i < to; i++) {
            RoomName room = new RoomName("r" + i);
            hub.after(1, TimeUnit.SECONDS);
            hub.hub.handle(joining(room), hub.nowNanos);
            opened += hub.hub.roomCount();
            hub.hub.handle(new HubEvent.Received(ANN, Stamp.NONE, new ClientMessage.Leave(room, null)), hub.nowNanos);
        }
        assertThat(opened).isEqualTo(to - from);
    }

    private static HubEvent joining(RoomName room) {
        return new HubEvent.Received(ANN, Stamp.NONE, new Join(room, Presence.EMPTY, null, null));
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** 4096 names whose hash codes are all the same, and as many that differ. */
    @Test
    void section3Row30NamesThatCollideAreFoundAsFastAsOthers() {
        long usual = Long.MAX_VALUE;
        long colliding = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            usual = Math.min(usual, nanosToTalkIn(IntStream.range(0, 4096).mapToObj(i -> "room number " + i)));
            colliding =
                    Math.min(colliding, nanosToTalkIn(IntStream.range(0, 4096).mapToObj(HubRowsTest::collidingName)));
        }
        System.out.printf("section 3 row 30: %d ns a look-up, %d with one hash code%n", usual / 4096, colliding / 4096);
        assertThat(colliding).isLessThan(20 * usual);
    }

    private static String collidingName(int i) {
        StringBuilder name = new StringBuilder();
        for (int bit = 0; bit < 12; bit++) {
            name.append((i >> bit & 1) == 1 ? "Aa" : "BB");
        }
        return name.toString();
    }

    private static long nanosToTalkIn(Stream<String> names) {
        HubFixture hub = new HubFixture(CROWDED.with(HubLimit.MESSAGE_BURST, 100));
        List<RoomName> rooms = names.map(RoomName::new).toList();
        List<SessionId> ids = new ArrayList<>();
        for (RoomName room : rooms) {
            SessionId id = new SessionId(room.value());
            ids.add(id);
            hub.hub.handle(new HubEvent.Opened(id, HubFixture.REMOTE, HubFixture.key(id, 1)), hub.nowNanos);
            hub.hub.handle(
                    new HubEvent.Received(id, Stamp.NONE, new Join(room, Presence.EMPTY, null, null)), hub.nowNanos);
        }
        assertThat(hub.hub.roomCount()).isEqualTo(4096);
        JsonText data = new JsonText("1");
        long before = System.nanoTime();
        for (int i = 0; i < ids.size(); i++) {
            hub.hub.handle(
                    new HubEvent.Received(ids.get(i), Stamp.NONE, new Signal(rooms.get(i), null, null, data, null)),
                    hub.nowNanos);
        }
        return System.nanoTime() - before;
    }
}
