package dev.parley.signaling.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A hub with {@link SimClient}s, beside the {@link HubTruth}. Whoever has heard all must know the truth, after every
 * event.
 */
final class HubWorld {
    private final Hub hub;
    private final Map<SessionId, SimClient> clientById = new TreeMap<>();
    private final HubTruth truth;
    private final HubLimits limits;

    private long nowNanos;
    private int expiries;
    private int deliveries;
    private int resumes;
    private int losses;
    private int waits;
    private int admissions;

    HubWorld(HubLimits limits) {
        this(limits, IdentityPolicy.USUAL);
    }

    HubWorld(HubLimits limits, IdentityPolicy policy) {
        this.limits = limits;
        truth = new HubTruth(policy);
        hub = new Hub(limits, policy, HubFixture.TTL);
    }

    /** Sessions that ended because their tokens did. */
    int expiries() {
        return expiries;
    }

    /** Joins that were answered with waiting. */
    int waits() {
        return waits;
    }

    /** Those who waited and were let in. */
    int admissions() {
        return admissions;
    }

    Set<SessionId> sessions() {
        return clientById.keySet();
    }

    int deliveries() {
        return deliveries;
    }

    int resumes() {
        return resumes;
    }

    /** Resumes that were told of a loss. */
    int losses() {
        return losses;
    }

    void advance(long nanos) {
        long target = nowNanos + nanos;
        while (hub.nextDeadlineNanos() <= target) {
            nowNanos = hub.nextDeadlineNanos();
            handle(new HubEvent.TimerFired());
            assertThat(hub.nextDeadlineNanos()).as("the timer makes progress").isGreaterThan(nowNanos);
        }
        nowNanos = target;
    }

    /** Everybody falls silent, until nobody is left. */
    void runOut() {
        while (hub.nextDeadlineNanos() != Long.MAX_VALUE) {
            advance(hub.nextDeadlineNanos() - nowNanos);
        }
    }

    void open(SessionId id, IpAddress remote, Identity identity) {
        clientById.put(id, new SimClient(id));
        truth.stands(id, identity, nowNanos);
        handle(new HubEvent.Opened(id, remote, HubFixture.key(id, 1), identity));
    }

    /** A newer token; the hub takes it or not. */
    void refresh(SessionId id, Identity identity) {
        if (!client(id).connected) {
            return;
        }
        boolean taken = truth.maySucceed(id, identity);
        List<HubEffect> effects = hub.handle(new HubEvent.Refreshed(id, Stamp.NONE, identity, null), nowNanos);
        boolean accepted = effects.stream()
                .anyMatch(effect -> effect instanceof HubEffect.Send(var to, var message)
                        && message instanceof ServerMessage.Expires);
        assertThat(accepted && !taken)
                .as("%s became somebody it may not be", id)
                .isFalse();
        if (accepted) {
            truth.refreshed(id, identity, nowNanos);
        }
        run(effects);
    }

    /** A host that has heard of somebody who waits; others and strangers may try to answer too. */
    record Heard(SessionId host, RoomName room, SessionId who) {}

    List<Heard> heardKnocks() {
        List<Heard> heard = new ArrayList<>();
        clientById
                .values()
                .forEach(client -> client.knocksByRoom.forEach(
                        (room, knocks) -> knocks.forEach(who -> heard.add(new Heard(client.id, room, who)))));
        return heard;
    }

    /** The client sends, and unless the connection fails at this moment the hub gets it. */
    void send(SessionId id, ClientMessage message, boolean fails) {
        SimClient client = client(id);
        var numbered = client.number(message);
        if (client.connected && !fails) {
            handOver(client, numbered);
        } else if (fails) {
            lose(id);
        }
    }

    private void handOver(SimClient client, SimClient.Numbered<ClientMessage> message) {
        client.handedOver = Math.max(client.handedOver, message.number());
        Stamp stamp = new Stamp(message.number(), client.received);
        handle(new HubEvent.Received(client.id, stamp, message.message()));
    }

    void lose(SessionId id) {
        client(id).lost();
        handle(new HubEvent.Closed(id, Departure.LOST));
    }

    /** Over a new connection, while the hub may believe in the old one; what is unacknowledged is sent again. */
    void resume(SessionId id, IpAddress remote, boolean answerIsLost) {
        SimClient client = client(id);
        client.lost();
        int keys = client.keys;
        handle(new HubEvent.Resumed(
                HubFixture.key(id, keys), client.received, remote, HubFixture.key(id, keys + 1), null));
        resumes++;
        if (answerIsLost) {
            client.keys = keys;
            client.known = false;
            lose(id);
            return;
        }
        client.known = true;
        List.copyOf(client.unacknowledged).forEach(message -> {
            if (clientById.containsKey(id) && client.connected) {
                handOver(client, message);
            }
        });
    }

    /** Another line carries the session; the one before it may be there still, and what was on it is gone. */
    void carry(SessionId id, IpAddress remote) {
        SimClient client = client(id);
        if (!client.known) {
            return;
        }
        client.lost();
        handle(new HubEvent.Carried(id, client.received, remote));
        handOverTheRest(client);
    }

    /** The client says it in a request of its own, whether a line to hear over is there or not. */
    void post(SessionId id, ClientMessage message) {
        SimClient client = client(id);
        if (client.known) {
            client.number(message);
            handOverTheRest(client);
        }
    }

    private void handOverTheRest(SimClient client) {
        long known = client.handedOver;
        List.copyOf(client.unacknowledged).stream()
                .filter(message -> message.number() > known)
                .forEach(message -> {
                    if (clientById.containsKey(client.id)) {
                        handOver(client, message);
                    }
                });
    }

    void handle(HubEvent event) {
        run(hub.handle(event, nowNanos));
    }

    private void run(List<HubEffect> effects) {
        effects.forEach(this::run);
        assertThat(hub.sessionCount()).isEqualTo(clientById.size());
        assertThat(hub.roomCount()).isEqualTo(truth.membersByRoom.size());
        truth.membersByRoom.forEach(this::assertWhoWaitsIsOutside);
        clientById.values().forEach(this::assertViewIsTrue);
        assertKeysAgree();
    }

    /** What is on its way arrives. */
    void deliver(SessionId id) {
        SimClient client = client(id);
        while (!client.onTheWay.isEmpty()) {
            client.take();
        }
        assertViewIsTrue(client);
    }

    private SimClient client(SessionId id) {
        return clientById.getOrDefault(id, new SimClient(id));
    }

    /** Bounded, no members, and still who they were when they knocked. */
    private void assertWhoWaitsIsOutside(RoomName room, Set<SessionId> members) {
        Set<SessionId> waiting = hub.waitingFor(room);
        check(waiting.size() <= limits.of(HubLimit.WAITING_PER_ROOM), "no more than may wait before a room", room);
        for (SessionId id : waiting) {
            check(clientById.containsKey(id) && !members.contains(id), "who waits is outside", id, room);
            truth.assertMayBeIn(room, id);
        }
    }

    private void assertViewIsTrue(SimClient client) {
        if (!client.isUpToDate()) {
            return;
        }
        truth.membersByRoom.forEach((room, members) -> {
            Set<SessionId> waiting = hub.waitingFor(room);
            boolean waits = client.awaited.contains(room);
            check(waits == waiting.contains(client.id), "a client knows for what it waits", client.id, room, waits);
            Map<SessionId, MemberView> view = client.viewByRoom.get(room);
            check((view != null) == members.contains(client.id), "a client knows where it is", client.id, room, view);
            if (view != null) {
                assertRoomIsTrue(client, room, view, waiting);
            }
        });
        check(truth.membersByRoom.keySet().containsAll(client.awaited), "a client waits for rooms that are", client.id);
    }

    private void assertRoomIsTrue(
            SimClient client, RoomName room, Map<SessionId, MemberView> view, Set<SessionId> waiting) {
        Set<SessionId> others = others(truth.membersByRoom.getOrDefault(room, Set.of()), client.id);
        check(view.keySet().equals(others), "what a client sees in a room", client.id, room, others);
        Set<SessionId> knocks = client.knocksByRoom.getOrDefault(room, Set.of());
        Set<SessionId> told = client.roleByRoom.get(room) == Role.HOST ? waiting : Set.of();
        check(knocks.equals(told), "who waits is seen by hosts", room, client.id, told);
        check(!truth.needsHost(room) || hosts(client, room, view) > 0, "a client sees a host", client.id, room);
    }

    /** Makes no text unless it fails; this runs very often. */
    private static void check(boolean holds, String claim, @Nullable Object... about) {
        if (!holds) {
            throw new AssertionError(claim + ": " + Arrays.toString(about));
        }
    }

    /** Members that have heard all agree on what their room keeps. */
    private void assertKeysAgree() {
        truth.membersByRoom.forEach((room, members) -> {
            List<Map<MemberName, JsonText>> views = members.stream()
                    .map(this::client)
                    .filter(SimClient::isUpToDate)
                    .map(client -> client.keysByRoom.getOrDefault(room, Map.of()))
                    .distinct()
                    .toList();
            check(views.size() <= 1, "what a room keeps is seen alike", room, views);
        });
    }

    private static long hosts(SimClient client, RoomName room, Map<SessionId, MemberView> view) {
        long others = view.values().stream()
                .filter(member -> member.role() == Role.HOST)
                .count();
        return others + (client.roleByRoom.get(room) == Role.HOST ? 1 : 0);
    }

    private static Set<SessionId> others(Set<SessionId> members, SessionId id) {
        Set<SessionId> others = new TreeSet<>(members);
        others.remove(id);
        return others;
    }

    private void run(HubEffect effect) {
        switch (effect) {
            case HubEffect.Entered(var room, var session, var remote) -> truth.entered(room, session, nowNanos);
            case HubEffect.Departed(var room, var session) -> truth.departed(room, session);
            case HubEffect.Ended(var session) -> {
                assertThat(truth.isSomewhere(session)).isFalse();
                clientById.remove(session);
                truth.forget(session);
            }
            case HubEffect.Close(var session, var reason) -> closed(session, reason);
            case HubEffect.Send(var to, var message) ->
                to.forEach(delivery -> send(client(delivery.to()), delivery.number(), message));
            case HubEffect.Greet(var session, var key) -> assertThat(clientById).containsKey(session);
            case HubEffect.Continue session -> {
                client(session.session()).resumed(session);
                losses += session.lost() ? 1 : 0;
            }
            case HubEffect.Acknowledge(var session, var received) ->
                client(session).acknowledged(received);
            case HubEffect.RenewIceServers(var session) ->
                assertThat(truth.isSomewhere(session)).isTrue();
            case HubEffect.Moved(var session, var remote) ->
                assertThat(truth.isSomewhere(session)).isTrue();
            case HubEffect.RefuseResume _ -> throw new AssertionError("of a session that is there");
            case HubEffect.Attach(var session) -> client(session).connected = true;
            case HubEffect.Ping _, HubEffect.Refused _ -> {}
        }
    }

    private void closed(SessionId session, CloseReason reason) {
        if (reason == CloseReason.TOKEN_EXPIRED) {
            expiries++;
            assertThat(truth.endsAt(session, nowNanos))
                    .as("%s ends at the end of its token", session)
                    .isTrue();
        }
        if (reason == CloseReason.TRY_LATER) {
            clientById.remove(session);
            truth.forget(session);
        } else if (reason == CloseReason.SILENT) {
            client(session).lost();
        }
    }

    private void send(SimClient client, long number, ServerMessage message) {
        check(clientById.containsKey(client.id), "who is sent something is there", client.id, message);
        check(client.connected, "who is sent something can hear", client.id);
        deliveries++;
        waits += message instanceof ServerMessage.Waiting ? 1 : 0;
        admissions += message instanceof ServerMessage.KnockEnded end && end.reason() == KnockEnd.ADMITTED ? 1 : 0;
        client.onTheWay.add(new SimClient.Numbered<>(number, message));
    }

    void assertEverybodyIsGone() {
        assertThat(clientById).isEmpty();
        assertThat(truth.membersByRoom).isEmpty();
        assertThat(List.of(hub.sessionCount(), hub.roomCount(), hub.memberCount(), hub.addressCount()))
                .containsOnly(0);
        assertThat(hub.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }
}
