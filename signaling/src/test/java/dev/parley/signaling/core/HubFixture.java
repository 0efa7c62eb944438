package dev.parley.signaling.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A hub in virtual time, with short words for what clients do. */
final class HubFixture {
    static final SessionId ANN = new SessionId("ann");
    static final SessionId BOB = new SessionId("bob");
    static final SessionId CAT = new SessionId("cat");
    static final RoomName GARDEN = room("garden");
    static final RoomName CELLAR = room("cellar");
    static final IpAddress REMOTE = IpAddress.parse("203.0.113.7");
    static final Duration TTL = Duration.ofHours(1);

    /** What shows a host may not go on at all, and what shows where it really is goes on without that. */
    static final SignalFilter FILTER = data -> {
        if (data.text().contains("host")) {
            return null;
        }
        return data.text().contains("raddr") ? new JsonText("\"relay\"") : data;
    };

    final Hub hub;
    long nowNanos = -5; // a monotonic clock may begin anywhere

    HubFixture() {
        this(HubLimits.defaults());
    }

    HubFixture(HubLimits limits) {
        this(limits, IdentityPolicy.USUAL);
    }

    HubFixture(HubLimits limits, IdentityPolicy policy) {
        hub = new Hub(limits, policy, FILTER, TTL);
    }

    static HubFixture limited(HubLimit limit, int value) {
        return new HubFixture(HubLimits.defaults().with(limit, value));
    }

    static RoomName room(String name) {
        return Objects.requireNonNull(RoomName.find(name));
    }

    static Presence named(String name) {
        return new Presence(Objects.requireNonNull(MemberName.find(name)), null);
    }

    static Presence describedBy(String metadata) {
        return new Presence(null, new JsonText(metadata));
    }

    List<HubEffect> open(SessionId id) {
        return open(id, REMOTE);
    }

    List<HubEffect> open(SessionId id, IpAddress remote) {
        return handle(new HubEvent.Opened(id, remote, key(id, 1)));
    }

    static ResumeKey key(SessionId id, int count) {
        return new ResumeKey(id, "secret" + count);
    }

    static int countOf(ResumeKey key) {
        return Integer.parseInt(key.secret().substring("secret".length()));
    }

    static HubEffect greet(SessionId id) {
        return new HubEffect.Greet(id, key(id, 1));
    }

    /** Over a new connection, with the key of the given count. */
    List<HubEffect> resume(SessionId id, int count, long received) {
        return handle(new HubEvent.Resumed(key(id, count), received, REMOTE, key(id, count + 1), null));
    }

    /** Over another line of a client that is known. */
    List<HubEffect> carry(SessionId id, long received) {
        return handle(new HubEvent.Carried(id, received, REMOTE));
    }

    List<HubEffect> join(SessionId id, RoomName room) {
        return join(id, room, Presence.EMPTY);
    }

    List<HubEffect> join(SessionId id, RoomName room, Presence presence) {
        return send(id, new ClientMessage.Join(room, presence, null, null));
    }

    List<HubEffect> leave(SessionId id, RoomName room) {
        return send(id, new ClientMessage.Leave(room, null));
    }

    List<HubEffect> signal(SessionId id, RoomName room, @Nullable SessionId to) {
        return send(id, new ClientMessage.Signal(room, to, null, new JsonText("{}"), null));
    }

    List<HubEffect> ping(SessionId id) {
        return send(id, new ClientMessage.Ping(null));
    }

    List<HubEffect> send(SessionId id, ClientMessage message) {
        return send(id, Stamp.NONE, message);
    }

    List<HubEffect> send(SessionId id, Stamp stamp, ClientMessage message) {
        return handle(new HubEvent.Received(id, stamp, message));
    }

    List<HubEffect> reject(SessionId id, String detail, @Nullable Ref ref) {
        return handle(new HubEvent.Rejected(id, Stamp.NONE, Refusal.BAD_MESSAGE, detail, ref));
    }

    List<HubEffect> close(SessionId id, Departure departure) {
        return handle(new HubEvent.Closed(id, departure));
    }

    /** Without the numbers of messages, of which most tests say nothing. */
    List<HubEffect> handle(HubEvent event) {
        return hub.handle(event, nowNanos).stream()
                .map(effect -> effect instanceof HubEffect.Send(var to, var message)
                        ? send(to.stream().map(Delivery::to).toList(), message)
                        : effect)
                .toList();
    }

    List<HubEffect> numbered(HubEvent event) {
        return hub.handle(event, nowNanos);
    }

    /** Opens and joins all, and forgets what came of it. */
    HubFixture with(RoomName room, SessionId... ids) {
        for (SessionId id : ids) {
            open(id);
            join(id, room);
        }
        return this;
    }

    HubFixture after(long amount, TimeUnit unit) {
        nowNanos += unit.toNanos(amount);
        return this;
    }

    /** Jumps to the next deadline and lets the timer fire. */
    List<HubEffect> fireNext() {
        assertThat(hub.nextDeadlineNanos()).isNotEqualTo(Long.MAX_VALUE);
        nowNanos = hub.nextDeadlineNanos();
        return handle(new HubEvent.TimerFired());
    }

    static List<HubEffect> refused(SessionId id, Refusal refusal, @Nullable RoomName room) {
        return List.of(
                new HubEffect.Refused(id, refusal),
                send(List.of(id), new ServerMessage.Problem(refusal, null, null, room)));
    }

    static HubEffect send(List<SessionId> to, ServerMessage message) {
        return new HubEffect.Send(to.stream().map(id -> new Delivery(id, 0)).toList(), message);
    }

    void assertEmpty() {
        assertThat(hub.sessionCount()).as("sessions").isZero();
        assertThat(hub.roomCount()).as("rooms").isZero();
        assertThat(hub.memberCount()).as("members").isZero();
        assertThat(hub.addressCount()).as("addresses").isZero();
        assertThat(hub.nextDeadlineNanos()).as("deadline").isEqualTo(Long.MAX_VALUE);
    }
}
