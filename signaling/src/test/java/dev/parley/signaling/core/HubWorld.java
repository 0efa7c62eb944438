package dev.parley.signaling.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.IpAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A hub with {@link SimClient}s, beside a record of who is where made from the membership effects. Whoever has heard
 * all must know the truth, after every event.
 */
final class HubWorld {
    private final Hub hub;
    private final Map<SessionId, SimClient> clientById = new TreeMap<>();
    private final Map<RoomName, Set<SessionId>> membersByRoom = new TreeMap<>();
    private final Map<SessionId, Standing> standingById = new TreeMap<>();
    private final IdentityPolicy policy;
    /** Once a token gave it a role, a newer one that says nothing leaves it that role. */
    private final Set<SessionId> refreshed = new HashSet<>();

    private long nowNanos;
    private int expiries;
    private int deliveries;
    private int resumes;
    private int losses;

    HubWorld(HubLimits limits) {
        this(limits, IdentityPolicy.USUAL);
    }

    HubWorld(HubLimits limits, IdentityPolicy policy) {
        this.policy = policy;
        hub = new Hub(limits, policy, HubFixture.TTL);
    }

    /** Sessions that ended because their tokens did. */
    int expiries() {
        return expiries;
    }

    /** What a session was admitted as, and when that ends. */
    private record Standing(Identity identity, long endNanos) {}

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
        stands(id, identity);
        handle(new HubEvent.Opened(id, remote, HubFixture.key(id, 1), identity));
    }

    /** A newer token; the hub takes it or not. */
    void refresh(SessionId id, Identity identity) {
        if (!client(id).connected) {
            return;
        }
        Standing before = standingById.get(id);
        boolean taken = before != null
                && Objects.equals(before.identity().user(), identity.user())
                && membersByRoom.entrySet().stream()
                        .filter(entry -> entry.getValue().contains(id))
                        .allMatch(entry -> identity.findGrant(entry.getKey()) != null);
        List<HubEffect> effects = hub.handle(new HubEvent.Refreshed(id, Stamp.NONE, identity, null), nowNanos);
        boolean accepted = effects.stream()
                .anyMatch(effect -> effect instanceof HubEffect.Send(var to, var message)
                        && message instanceof ServerMessage.Expires);
        assertThat(accepted && !taken)
                .as("%s became somebody it may not be", id)
                .isFalse();
        if (accepted) {
            stands(id, identity);
            refreshed.add(id);
        }
        run(effects);
    }

    private void stands(SessionId id, Identity identity) {
        Duration lifetime = identity.lifetime();
        standingById.put(id, new Standing(identity, lifetime == null ? Long.MAX_VALUE : nowNanos + lifetime.toNanos()));
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
        assertThat(hub.roomCount()).isEqualTo(membersByRoom.size());
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

    private void assertViewIsTrue(SimClient client) {
        if (!client.isUpToDate()) {
            return;
        }
        membersByRoom.forEach((room, members) -> {
            Map<SessionId, MemberView> view = client.viewByRoom.get(room);
            assertThat(view != null).as("%s knows it is in %s", client.id, room).isEqualTo(members.contains(client.id));
            if (view != null) {
                assertThat(view.keySet())
                        .as("what %s sees in %s", client.id, room)
                        .isEqualTo(others(members, client.id));
                if (members.stream().anyMatch(member -> !isAppointed(member, room))) {
                    assertThat(hosts(client, room, view))
                            .as("%s sees a host in %s", client.id, room)
                            .isPositive();
                }
            }
        });
    }

    /** Members that have heard all agree on what their room keeps. */
    private void assertKeysAgree() {
        membersByRoom.forEach((room, members) -> {
            List<Map<MemberName, JsonText>> views = members.stream()
                    .map(this::client)
                    .filter(SimClient::isUpToDate)
                    .map(client -> client.keysByRoom.getOrDefault(room, Map.of()))
                    .distinct()
                    .toList();
            assertThat(views).as("what %s keeps", room).hasSizeLessThanOrEqualTo(1);
        });
    }

    /** Whether its role comes from a token, so that nobody makes it host. */
    private boolean isAppointed(SessionId id, RoomName room) {
        Standing standing = standingById.get(id);
        Grant grant = standing == null ? null : standing.identity().findGrant(room);
        return policy.rolesFromTokens() || (grant != null && grant.role() != null) || refreshed.contains(id);
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
            case HubEffect.Entered(var room, var session, var remote) -> {
                Standing standing = standingById.get(session);
                assertThat(standing).isNotNull();
                assertThat(standing != null && standing.identity().findGrant(room) != null)
                        .as("%s may be in %s", session, room)
                        .isTrue();
                assertThat(standing != null && nowNanos < standing.endNanos())
                        .as("before its end")
                        .isTrue();
                assertThat(membersByRoom
                                .computeIfAbsent(room, name -> new TreeSet<>())
                                .add(session))
                        .isTrue();
            }
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
                standingById.remove(session);
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
                assertThat(membersByRoom.values()).anyMatch(members -> members.contains(session));
            case HubEffect.Moved(var session, var remote) ->
                assertThat(membersByRoom.values()).anyMatch(members -> members.contains(session));
            case HubEffect.RefuseResume _ -> throw new AssertionError("of a session that is there");
            case HubEffect.Attach(var session) -> client(session).connected = true;
            case HubEffect.Ping _, HubEffect.Refused _ -> {}
        }
    }

    private void closed(SessionId session, CloseReason reason) {
        if (reason == CloseReason.TOKEN_EXPIRED) {
            expiries++;
            Standing standing = standingById.get(session);
            assertThat(standing != null && nowNanos == standing.endNanos())
                    .as("%s ends at the end of its token", session)
                    .isTrue();
        }
        if (reason == CloseReason.TRY_LATER) {
            clientById.remove(session);
            standingById.remove(session);
        } else if (reason == CloseReason.SILENT) {
            client(session).lost();
        }
    }

    private void send(SimClient client, long number, ServerMessage message) {
        assertThat(clientById).as("%s is there to get %s", client.id, message).containsKey(client.id);
        assertThat(client.connected).as("%s can hear", client.id).isTrue();
        deliveries++;
        client.onTheWay.add(new SimClient.Numbered<>(number, message));
    }

    void assertEverybodyIsGone() {
        assertThat(clientById).isEmpty();
        assertThat(membersByRoom).isEmpty();
        assertThat(List.of(hub.sessionCount(), hub.roomCount(), hub.memberCount(), hub.addressCount()))
                .containsOnly(0);
        assertThat(hub.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }
}
