package dev.parley.signaling.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.IpAddress;
import dev.parley.testing.SeededGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Clients that come, talk and go at random; after every event the invariants of {@link HubWorld} hold. */
class HubSimTest {
    private static final int SMALL_WORLDS = 10_000;
    private static final int SMALL_STEPS = 70;
    private static final int LONG_WORLDS = 60;
    private static final int LONG_STEPS = 400;

    /** What may wait at a client that does not read, before its connection is cut. */
    private static final int MOST_ON_THE_WAY = 12;

    private static final List<RoomName> ROOMS =
            List.of(HubFixture.room("a"), HubFixture.room("b"), HubFixture.room("c"), HubFixture.room("d"));

    private final SimTally tally = new SimTally();

    @Test
    void inTenThousandSmallWorldsViewsConvergeAndNothingIsLostDoubledOrCrossesRooms() {
        SeededGenerator.forAll(SMALL_WORLDS, random -> run(random, SMALL_STEPS));
        System.out.println("simulation: " + SMALL_WORLDS + " worlds, " + tally);
        assertThat(tally.heard).as("messages of members").isGreaterThan(SMALL_WORLDS);
        assertThat(tally.resumes).as("resumes").isGreaterThan(SMALL_WORLDS);
        assertThat(tally.expiries).as("sessions whose tokens ended").isGreaterThan(SMALL_WORLDS / 2);
        assertThat(tally.waits).as("joins that had to wait").isGreaterThan(SMALL_WORLDS / 4);
        assertThat(tally.admissions).as("those who waited and were let in").isGreaterThan(SMALL_WORLDS / 20);
        assertThat(tally.floods).as("sessions closed for a flood").isGreaterThan(SMALL_WORLDS / 20);
        assertThat(tally.slow).as("connections cut because nothing was read").isGreaterThan(SMALL_WORLDS / 20);
    }

    @Test
    void inSmallWorldsThatLastLongToo() {
        SeededGenerator.forAll(LONG_WORLDS, random -> run(random, LONG_STEPS));
        System.out.println("simulation: " + LONG_WORLDS + " long worlds, " + tally);
        assertThat(tally.losses).as("resumes after an overflow").isPositive();
        assertThat(tally.admissions).as("those who waited and were let in").isGreaterThan(LONG_WORLDS / 4);
    }

    private void run(SeededGenerator random, int steps) {
        HubLimits limits = limits(random);
        HubWorld world = new HubWorld(limits, new IdentityPolicy(random.chance(25), random.chance(50)));
        int opened = settle(world, random);
        for (int step = 0; step < steps; step++) {
            pass(world, random);
            List<SessionId> known = new ArrayList<>(world.sessions());
            if (known.isEmpty() || random.chance(10)) {
                SessionId id = new SessionId("s" + opened++);
                world.open(id, address(random), identity(random));
                continue;
            }
            SessionId id = random.oneOf(known);
            RoomName room = random.oneOf(ROOMS);
            boolean fails = random.chance(3);
            switch (random.below(26)) {
                case 0, 1, 2 ->
                    world.send(id, new ClientMessage.Join(room, presence(random), password(random), null), fails);
                case 3 -> world.send(id, new ClientMessage.Leave(room, null), fails);
                case 4 -> world.send(id, new ClientMessage.Update(room, change(random), null), fails);
                case 5 -> end(world, id, random);
                case 6 -> world.handle(new HubEvent.Heard(id));
                case 7 -> world.send(id, new ClientMessage.Ping(null), fails);
                case 8 -> world.resume(id, address(random), fails);
                case 17 -> world.refresh(id, identity(random));
                case 10 -> world.send(id, expel(random, room, known), fails);
                case 11 -> world.send(id, role(random, room, known), fails);
                case 9 -> guard(world, id, room, random);
                case 14, 15, 22 -> answer(world, random, fails);
                case 23 -> world.send(id, answer(room, random.oneOf(known), random), fails);
                case 13 -> world.send(id, set(random, room), fails);
                case 12 -> world.send(id, new ClientMessage.Configure(room, roomChange(random), null), fails);
                case 16 -> world.repeat(id);
                case 24 -> flood(world, id, random);
                case 18, 19 -> world.carry(id, address(random));
                case 20 -> world.post(id, new ClientMessage.Ping(null));
                case 21 ->
                    world.post(
                            id, random.chance(5) ? new ClientMessage.Bye(null) : new ClientMessage.Leave(room, null));
                default -> say(world, id, room, known, random, fails);
            }
            for (SessionId any : List.copyOf(world.sessions())) {
                if (random.chance(isSlow(any) ? 3 : 80)) {
                    world.deliver(any);
                }
            }
            world.cutOffSlowReaders(MOST_ON_THE_WAY);
        }
        if (random.chance(50)) {
            world.handle(new HubEvent.Drained());
        } else {
            world.runOut();
        }
        world.assertEverybodyIsGone();
        tally.add(world.tally);
    }

    /** Some are there already and have met. */
    private static int settle(HubWorld world, SeededGenerator random) {
        int there = random.between(1, 5);
        for (int i = 0; i < there; i++) {
            SessionId id = new SessionId("s" + i);
            world.open(id, IpAddress.ofIpv4(i), random.chance(70) ? Identity.ANONYMOUS : identity(random));
            world.send(id, new ClientMessage.Join(ROOMS.getFirst(), presence(random), null, null), false);
        }
        return there;
    }

    /** Time passes, or not at all; now and then it makes a step, and the timers are late. */
    private static void pass(HubWorld world, SeededGenerator random) {
        if (random.chance(2)) {
            world.stall(TimeUnit.SECONDS.toNanos(random.oneOf(1, 5, 29, 31, 61, 86_400)));
        } else {
            world.advance(random.oneOf(0L, 1_000_000L, TimeUnit.SECONDS.toNanos(random.below(12))));
        }
    }

    /** One in five hardly ever reads. */
    private static boolean isSlow(SessionId id) {
        return id.value().hashCode() % 5 == 0;
    }

    private static void say(
            HubWorld world, SessionId id, RoomName room, List<SessionId> known, SeededGenerator random, boolean fails) {
        SessionId to = random.chance(50) ? random.oneOf(known) : null;
        Role role = to == null ? role(random) : null;
        world.send(id, new ClientMessage.Signal(room, to, role, world.saying(id, room), null), fails);
    }

    private static void flood(HubWorld world, SessionId id, SeededGenerator random) {
        RoomName room = random.oneOf(ROOMS);
        for (int i = random.between(5, random.chance(25) ? 80 : 12);
                i > 0 && world.sessions().contains(id);
                i--) {
            world.send(id, new ClientMessage.Signal(room, null, null, world.saying(id, room), null), false);
        }
    }

    private static HubLimits limits(SeededGenerator random) {
        return HubLimits.defaults()
                .with(HubLimit.ROOM_MEMBERS, random.between(2, 8))
                .with(HubLimit.ROOMS, random.between(2, 4))
                .with(HubLimit.ROOMS_PER_SESSION, random.between(1, 3))
                .with(HubLimit.SESSIONS, random.between(4, 12))
                .with(HubLimit.SESSIONS_PER_ADDRESS, random.between(2, 12))
                .with(HubLimit.MESSAGE_BURST, random.between(3, 60))
                .with(HubLimit.DELIVERY_BURST, random.between(5, 200))
                .with(HubLimit.WARNING_BURST, random.between(1, 5))
                .with(HubLimit.WAITING_PER_ROOM, random.between(1, 4))
                .with(HubLimit.ROOM_KEYS, random.between(1, 4))
                .with(HubLimit.RESUME_MESSAGES, random.between(4, 12));
    }

    private static void end(HubWorld world, SessionId id, SeededGenerator random) {
        if (random.chance(60)) {
            world.lose(id);
        } else {
            world.handle(new HubEvent.Closed(id, random.oneOf(Departure.LEFT, Departure.CLOSED)));
        }
    }

    private static IpAddress address(SeededGenerator random) {
        return IpAddress.ofIpv4(random.below(4));
    }

    private static Identity identity(SeededGenerator random) {
        if (random.chance(40)) {
            return Identity.ANONYMOUS;
        }
        Grant first = new Grant(random.oneOf("a", "b", ""), random.chance(50), granted(random));
        Grant second = new Grant(random.oneOf("c", ""), true, granted(random));
        Duration lifetime = random.chance(30) ? null : Duration.ofSeconds(random.between(1, 90));
        UserId user = random.chance(20) ? null : UserId.find(random.oneOf("ann", "bob", "cat"));
        return new Identity(user, null, List.of(first, second), new Allowance(random.below(3), 0), lifetime);
    }

    private static @Nullable Role granted(SeededGenerator random) {
        return random.chance(50) ? null : random.oneOf(Role.values());
    }

    private static ClientMessage expel(SeededGenerator random, RoomName room, List<SessionId> known) {
        return new ClientMessage.Expel(room, random.oneOf(known), random.chance(20), null);
    }

    /** Makes a room, or tries to, where others have to wait, and some come. */
    private static void guard(HubWorld world, SessionId id, RoomName room, SeededGenerator random) {
        world.send(id, new ClientMessage.Join(room, Presence.EMPTY, "secret", null), false);
        RoomChange change = new RoomChange(false, "", true, null, 0, false, null);
        world.send(id, new ClientMessage.Configure(room, change, null), false);
        for (SessionId guest : List.copyOf(world.sessions())) {
            if (random.chance(50)) {
                world.send(guest, new ClientMessage.Join(room, presence(random), null, null), random.chance(5));
            }
        }
        if (world.sessions().contains(id) && random.chance(50)) {
            world.deliver(id);
            answer(world, random, random.chance(5));
        }
    }

    private static void answer(HubWorld world, SeededGenerator random, boolean fails) {
        List<HubWorld.Heard> heard = world.heardKnocks();
        if (!heard.isEmpty()) {
            HubWorld.Heard one = random.oneOf(heard);
            world.send(one.host(), answer(one.room(), one.who(), random), fails);
        }
    }

    private static ClientMessage answer(RoomName room, SessionId who, SeededGenerator random) {
        return new ClientMessage.AnswerKnock(room, who, random.chance(70), null);
    }

    private static ClientMessage role(SeededGenerator random, RoomName room, List<SessionId> known) {
        return new ClientMessage.SetRole(room, random.oneOf(known), random.oneOf(Role.values()), null);
    }

    private static @Nullable Role role(SeededGenerator random) {
        return random.chance(30) ? random.oneOf(Role.values()) : null;
    }

    private static ClientMessage set(SeededGenerator random, RoomName room) {
        MemberName key = Objects.requireNonNull(MemberName.find("k" + random.below(4)));
        return new ClientMessage.SetKey(
                room, key, random.chance(30) ? null : new JsonText("" + random.below(100)), null);
    }

    private static RoomChange roomChange(SeededGenerator random) {
        Boolean waitingRoom = random.chance(40) ? null : random.chance(70);
        return new RoomChange(
                random.chance(15), random.oneOf("", "secret"), waitingRoom, null, random.below(9), false, null);
    }

    private static @Nullable String password(SeededGenerator random) {
        return random.chance(60) ? "secret" : null;
    }

    private static Presence presence(SeededGenerator random) {
        return random.chance(50) ? Presence.EMPTY : HubFixture.named(random.word(5));
    }

    private static PresenceChange change(SeededGenerator random) {
        return new PresenceChange(random.chance(50), MemberName.find(random.word(5)), random.chance(50), null);
    }
}
