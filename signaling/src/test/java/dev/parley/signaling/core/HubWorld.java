package dev.parley.signaling.core;

import static dev.parley.signaling.core.HubInvariants.check;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A hub with {@link SimClient}s, beside the {@link HubTruth}. Whoever has heard all must know the truth, after every
 * event.
 */
final class HubWorld {
    private final Hub hub;
    private final Map<SessionId, SimClient> clientById = new TreeMap<>();
    private final HubTruth truth;

    private long nowNanos;
    /** The last moment before this one at which timers were fired. */
    private long beforeNanos;

    private final HubInvariants invariants;
    final SimTally tally = new SimTally();
    private int said;

    HubWorld(HubLimits limits) {
        this(limits, IdentityPolicy.USUAL);
    }

    HubWorld(HubLimits limits, IdentityPolicy policy) {
        truth = new HubTruth(policy);
        hub = new Hub(limits, policy, data -> data, HubFixture.TTL);
        invariants = new HubInvariants(hub, limits, truth, clientById);
    }

    Set<SessionId> sessions() {
        return clientById.keySet();
    }

    void advance(long nanos) {
        long target = nowNanos + nanos;
        while (hub.nextDeadlineNanos() <= target) {
            fireAt(hub.nextDeadlineNanos());
        }
        nowNanos = target;
    }

    /**
     * The clock makes a step while the hub's thread stands still: all timers are late, and fire before anything
     * else.
     */
    void stall(long nanos) {
        long target = nowNanos + nanos;
        if (hub.nextDeadlineNanos() <= target) {
            fireAt(target);
        }
        nowNanos = target;
    }

    private void fireAt(long nanos) {
        beforeNanos = nowNanos;
        nowNanos = nanos;
        handle(new HubEvent.TimerFired());
        check(hub.nextDeadlineNanos() > nowNanos, "the timer makes progress", nowNanos);
        beforeNanos = nowNanos;
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

    /** Names the room, counts up for each sender, and is said once. */
    JsonText saying(SessionId id, RoomName room) {
        said++;
        return new JsonText(room.value() + " " + said + " " + id.value());
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
        boolean fresh = message.number() > client.handedOver;
        client.handedOver = Math.max(client.handedOver, message.number());
        Stamp stamp = new Stamp(message.number(), client.received);
        List<HubEffect> effects = hub.handle(new HubEvent.Received(client.id, stamp, message.message()), nowNanos);
        if (fresh && message.message() instanceof ClientMessage.Signal signal && !isRefused(client.id, effects)) {
            expect(client.id, signal);
        }
        run(effects);
    }

    private static boolean isRefused(SessionId id, List<HubEffect> effects) {
        for (HubEffect effect : effects) {
            if (effect instanceof HubEffect.Refused(var session, var why) && session.equals(id)) {
                return true;
            }
        }
        return false;
    }

    /** What was not refused has to arrive, in this order, at everybody it was for; roles are not known here. */
    private void expect(SessionId from, ClientMessage.Signal signal) {
        Set<SessionId> members = truth.membersByRoom.getOrDefault(signal.room(), Set.of());
        check(members.contains(from), "who speaks in a room is in it", from, signal);
        if (signal.toRole() == null) {
            for (SessionId member : members) {
                if (signal.to() == null ? !member.equals(from) : member.equals(signal.to())) {
                    client(member).expected.add(signal.data().text());
                }
            }
        }
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
        tally.resumes++;
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

    /** The answer to a request was lost, so the client says all again that it has no confirmation of. */
    void repeat(SessionId id) {
        SimClient client = client(id);
        if (client.known) {
            List.copyOf(client.unacknowledged).forEach(message -> {
                if (clientById.containsKey(id)) {
                    handOver(client, message);
                }
            });
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
        invariants.check();
    }

    /** What is on its way arrives. */
    void deliver(SessionId id) {
        SimClient client = client(id);
        while (!client.onTheWay.isEmpty()) {
            client.take();
        }
        if (client.connected && clientById.containsKey(id)) {
            check(client.expected.isEmpty(), "all that was said has arrived", id, client.expected);
        }
        invariants.checkView(client);
    }

    /** Whoever does not read loses its connection when too much waits, as the transport sees to. */
    void cutOffSlowReaders(int mostOnTheWay) {
        for (SimClient client : List.copyOf(clientById.values())) {
            if (client.onTheWay.size() > mostOnTheWay) {
                tally.slow++;
                lose(client.id);
            }
        }
    }

    private SimClient client(SessionId id) {
        SimClient known = clientById.get(id);
        return known == null ? new SimClient(id) : known;
    }

    private void run(HubEffect effect) {
        switch (effect) {
            case HubEffect.Entered(var room, var session, var remote, var user) ->
                truth.entered(room, session, nowNanos);
            case HubEffect.Departed(var room, var session, var user, var departure) -> truth.departed(room, session);
            case HubEffect.Ended(var session) -> {
                check(!truth.isSomewhere(session), "whoever is gone is nowhere", session);
                clientById.remove(session);
                truth.forget(session);
            }
            case HubEffect.Close(var session, var reason) -> closed(session, reason);
            case HubEffect.Send(var to, var message) ->
                to.forEach(delivery -> send(client(delivery.to()), delivery.number(), message));
            case HubEffect.Greet(var session, var key) ->
                check(clientById.containsKey(session), "only who is there is greeted", session);
            case HubEffect.Continue session -> {
                client(session.session()).resumed(session);
                tally.losses += session.lost() ? 1 : 0;
            }
            case HubEffect.Acknowledge(var session, var received) ->
                client(session).acknowledged(received);
            case HubEffect.RenewIceServers(var session) ->
                check(truth.isSomewhere(session), "only members have a relay", session);
            case HubEffect.Moved(var session, var remote) ->
                check(truth.isSomewhere(session), "only members have a relay", session);
            case HubEffect.RefuseResume _ -> throw new AssertionError("of a session that is there");
            case HubEffect.Attach(var session) -> client(session).connected = true;
            case HubEffect.Ping _, HubEffect.Hidden _, HubEffect.Refused _, HubEffect.Answered _ -> {}
        }
    }

    private void closed(SessionId session, CloseReason reason) {
        if (reason == CloseReason.TOKEN_EXPIRED) {
            tally.expiries++;
            check(truth.endsBetween(session, beforeNanos, nowNanos), "a session ends with its token", session);
        }
        tally.floods += reason == CloseReason.FLOOD ? 1 : 0;
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
        tally.deliveries++;
        tally.heard += message instanceof ServerMessage.Signalled ? 1 : 0;
        tally.waits += message instanceof ServerMessage.Waiting ? 1 : 0;
        tally.admissions +=
                message instanceof ServerMessage.KnockEnded end && end.reason() == KnockEnd.ADMITTED ? 1 : 0;
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
