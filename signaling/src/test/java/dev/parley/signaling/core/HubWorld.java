package dev.parley.signaling.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A hub with clients that know nothing but what they are sent, beside a record of who is where made from the membership
 * effects. Whatever a client is sent must fit what is true at that moment, and what it pieced together must be the
 * truth.
 */
final class HubWorld {
    private final Hub hub;
    private final Map<SessionId, Client> clientById = new TreeMap<>();
    private final Map<RoomName, Set<SessionId>> membersByRoom = new TreeMap<>();
    private long nowNanos;
    private int deliveries;

    /** What one client pieced together. */
    private static final class Client {
        final Map<RoomName, Map<SessionId, Presence>> viewByRoom = new TreeMap<>();
        final Map<String, Integer> lastNumberBySender = new TreeMap<>();
    }

    HubWorld(HubLimits limits) {
        hub = new Hub(limits, HubFixture.TTL);
    }

    Set<SessionId> sessions() {
        return clientById.keySet();
    }

    int deliveries() {
        return deliveries;
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

    void receive(SessionId id, ClientMessage message) {
        handle(new HubEvent.Received(id, message));
    }

    void handle(HubEvent event) {
        if (event instanceof HubEvent.Opened opened) {
            clientById.put(opened.session(), new Client());
        }
        hub.handle(event, nowNanos).forEach(this::run);
        assertThat(hub.sessionCount()).isEqualTo(clientById.size());
        assertThat(hub.roomCount()).isEqualTo(membersByRoom.size());
        clientById.forEach(this::assertViewIsTrue);
    }

    private void assertViewIsTrue(SessionId id, Client client) {
        membersByRoom.forEach((room, members) -> {
            Map<SessionId, Presence> view = client.viewByRoom.get(room);
            assertThat(view != null).as("%s knows it is in %s", id, room).isEqualTo(members.contains(id));
            if (view != null) {
                assertThat(view.keySet()).as("what %s sees in %s", id, room).isEqualTo(others(members, id));
            }
        });
    }

    private static Set<SessionId> others(Set<SessionId> members, SessionId id) {
        Set<SessionId> others = new TreeSet<>(members);
        others.remove(id);
        return others;
    }

    private void run(HubEffect effect) {
        switch (effect) {
            case HubEffect.Entered(var room, var session, var remote) ->
                assertThat(membersByRoom
                                .computeIfAbsent(room, name -> new TreeSet<>())
                                .add(session))
                        .isTrue();
            case HubEffect.Departed(var room, var session) -> {
                Set<SessionId> members = membersByRoom.getOrDefault(room, new TreeSet<>());
                assertThat(members.remove(session)).isTrue();
                if (members.isEmpty()) {
                    membersByRoom.remove(room);
                }
            }
            case HubEffect.Ended(var session) -> {
                assertThat(membersByRoom.values()).noneMatch(members -> members.contains(session));
                clientById.remove(session);
            }
            case HubEffect.Close(var session, var reason) -> {
                if (reason == CloseReason.TRY_LATER) {
                    clientById.remove(session);
                }
            }
            case HubEffect.Send(var to, var message) -> to.forEach(id -> deliver(id, message));
            case HubEffect.Greet(var session) -> assertThat(clientById).containsKey(session);
            case HubEffect.RenewIceServers(var session) ->
                assertThat(membersByRoom.values()).anyMatch(members -> members.contains(session));
            case HubEffect.Ping ping -> {}
            case HubEffect.Refused refused -> {}
        }
    }

    private void deliver(SessionId id, ServerMessage message) {
        Client client = clientById.get(id);
        assertThat(client).as("%s is there to get %s", id, message).isNotNull();
        deliveries++;
        if (client == null) {
            return;
        }
        switch (message) {
            case ServerMessage.Joined joined -> {
                Map<SessionId, Presence> view = new LinkedHashMap<>();
                joined.members().forEach(member -> view.put(member.id(), member.presence()));
                assertThat(client.viewByRoom.put(joined.room(), view)).isNull();
            }
            case ServerMessage.Left(var room, var ref) ->
                assertThat(client.viewByRoom.remove(room)).isNotNull();
            case ServerMessage.MemberJoined(var room, var member) ->
                assertThat(view(client, room).put(member.id(), member.presence()))
                        .isNull();
            case ServerMessage.MemberUpdated(var room, var member, var ref) -> {
                if (!member.id().equals(id)) {
                    assertThat(view(client, room).put(member.id(), member.presence()))
                            .isNotNull();
                }
            }
            case ServerMessage.MemberLeft(var room, var gone, var departure) ->
                assertThat(view(client, room).remove(gone)).isNotNull();
            case ServerMessage.Signalled signalled -> signalled(id, client, signalled);
            case ServerMessage.Pong pong -> {}
            case ServerMessage.Problem problem -> {}
        }
    }

    private static Map<SessionId, Presence> view(Client client, RoomName room) {
        Map<SessionId, Presence> view = client.viewByRoom.get(room);
        assertThat(view).as("is in %s, or would not be told", room).isNotNull();
        return view == null ? Map.of() : view;
    }

    /** The data names its room and counts up for each sender. */
    private void signalled(SessionId id, Client client, ServerMessage.Signalled signalled) {
        String[] parts = signalled.data().text().split(" ", -1);
        List<SessionId> members = new ArrayList<>(membersByRoom.getOrDefault(signalled.room(), Set.of()));
        assertThat(parts[0])
                .as("no data from another room")
                .isEqualTo(signalled.room().value());
        assertThat(members).contains(id, signalled.from());
        Integer before = client.lastNumberBySender.put(signalled.from().value(), Integer.valueOf(parts[1]));
        assertThat(before == null || before < Integer.parseInt(parts[1]))
                .as("in order and once")
                .isTrue();
    }

    void assertEverybodyIsGone() {
        assertThat(clientById).isEmpty();
        assertThat(membersByRoom).isEmpty();
        assertThat(List.of(hub.sessionCount(), hub.roomCount(), hub.memberCount(), hub.addressCount()))
                .containsOnly(0);
        assertThat(hub.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }
}
