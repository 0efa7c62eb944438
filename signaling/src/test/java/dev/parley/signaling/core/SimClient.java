package dev.parley.signaling.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A client that knows nothing but what it was sent. Both directions of its connection may hold messages that a loss
 * destroys; it numbers what it sends, keeps that until it is acknowledged, and expects numbers without gaps.
 */
final class SimClient {
    final SessionId id;
    final Map<RoomName, Map<SessionId, MemberView>> viewByRoom = new TreeMap<>();
    final Map<RoomName, Role> roleByRoom = new TreeMap<>();
    final Map<RoomName, Map<MemberName, JsonText>> keysByRoom = new TreeMap<>();
    /** Rooms it waits to be let into. */
    final Set<RoomName> awaited = new TreeSet<>();
    /** Who waits, where it is host. */
    final Map<RoomName, Set<SessionId>> knocksByRoom = new TreeMap<>();

    final ArrayDeque<Numbered<ServerMessage>> onTheWay = new ArrayDeque<>();
    final ArrayDeque<Numbered<ClientMessage>> unacknowledged = new ArrayDeque<>();
    private final Map<String, Integer> lastNumberBySender = new TreeMap<>();
    boolean connected = true;
    int keys = 1;
    /** It got the answer that tells it by what its further requests are known. */
    boolean known = true;

    long received;
    long sent;
    /** What the hub was given, which it must acknowledge exactly. */
    long handedOver;

    record Numbered<M>(long number, M message) {}

    SimClient(SessionId id) {
        this.id = id;
    }

    /** It knows all that the hub has told it. */
    boolean isUpToDate() {
        return connected && onTheWay.isEmpty();
    }

    Numbered<ClientMessage> number(ClientMessage message) {
        sent++;
        var numbered = new Numbered<>(sent, message);
        unacknowledged.add(numbered);
        return numbered;
    }

    void acknowledged(long number) {
        assertThat(number).as("what %s was acknowledged", id).isLessThanOrEqualTo(handedOver);
        unacknowledged.removeIf(message -> message.number() <= number);
    }

    void lost() {
        connected = false;
        onTheWay.clear();
    }

    void resumed(HubEffect.Continue session) {
        connected = true;
        keys = HubFixture.countOf(session.key());
        assertThat(session.received()).as("the hub knows all it was given").isEqualTo(handedOver);
        acknowledged(session.received());
        if (session.lost()) {
            viewByRoom.clear();
            awaited.clear();
            received = session.after();
        }
        assertThat(session.after()).as("%s goes on where it was", id).isEqualTo(received);
    }

    /** The next message arrives. */
    void take() {
        Numbered<ServerMessage> next = onTheWay.remove();
        if (next.number() != 0) {
            received++;
            assertThat(next.number())
                    .as("nothing is lost or comes twice to %s: %s", id, next)
                    .isEqualTo(received);
        }
        take(next.message());
    }

    private void take(ServerMessage message) {
        switch (message) {
            case ServerMessage.Joined joined -> joined(joined);
            case ServerMessage.Waiting(var room, var ref) -> {
                assertThat(viewByRoom).doesNotContainKey(room);
                assertThat(awaited.add(room)).isTrue();
            }
            case ServerMessage.Knocked(var room, var knock) ->
                assertThat(knocks(room).add(knock.id())).isTrue();
            case ServerMessage.KnockEnded(var room, var gone, var reason, var ref) ->
                assertThat(knocks(room).remove(gone)).isTrue();
            case ServerMessage.Left(var room, var reason, var ref) -> {
                assertThat(viewByRoom.remove(room) != null || awaited.remove(room))
                        .isTrue();
                knocksByRoom.remove(room);
            }
            case ServerMessage.MemberJoined(var room, var member) ->
                assertThat(view(room).put(member.id(), member)).isNull();
            case ServerMessage.MemberUpdated(var room, var member, var ref) -> {
                if (member.id().equals(id)) {
                    becomes(room, member.role());
                } else {
                    assertThat(view(room).put(member.id(), member)).isNotNull();
                }
            }
            case ServerMessage.MemberLeft(var room, var gone, var departure) ->
                assertThat(view(room).remove(gone)).isNotNull();
            case ServerMessage.Signalled signalled -> signalled(signalled);
            case ServerMessage.KeySet set -> keySet(set);
            case ServerMessage.RoomUpdated updated -> assertThat(viewByRoom).containsKey(updated.room());
            case ServerMessage.Pong(var ref, var number) -> acknowledged(number);
            case ServerMessage.Problem(var refusal, var detail, var ref, var room) -> {
                if (refusal == Refusal.NOT_ADMITTED) {
                    assertThat(room != null && awaited.remove(room)).isTrue();
                }
            }
            case ServerMessage.Expires _ -> {}
        }
    }

    private void joined(ServerMessage.Joined joined) {
        RoomName room = joined.room();
        Map<SessionId, MemberView> view = new LinkedHashMap<>();
        joined.members().forEach(member -> view.put(member.id(), member));
        assertThat(viewByRoom.put(room, view)).isNull();
        awaited.remove(room);
        roleByRoom.put(room, joined.role());
        Set<SessionId> knocks = new TreeSet<>();
        joined.knocks().forEach(knock -> knocks.add(knock.id()));
        knocksByRoom.put(room, knocks);
        Map<MemberName, JsonText> keys = new TreeMap<>();
        joined.keys().forEach(key -> keys.put(key.name(), key.value()));
        keysByRoom.put(room, keys);
    }

    private void becomes(RoomName room, Role role) {
        roleByRoom.put(room, role);
        if (role != Role.HOST) {
            knocksByRoom.put(room, new TreeSet<>());
        }
    }

    private Set<SessionId> knocks(RoomName room) {
        assertThat(roleByRoom.get(room))
                .as("%s is told of those who wait for %s", id, room)
                .isEqualTo(Role.HOST);
        return Objects.requireNonNull(knocksByRoom.get(room));
    }

    private void keySet(ServerMessage.KeySet set) {
        Map<MemberName, JsonText> keys = Objects.requireNonNull(keysByRoom.get(set.room()));
        JsonText value = set.value();
        if (value == null) {
            keys.remove(set.key());
        } else {
            keys.put(set.key(), value);
        }
    }

    private Map<SessionId, MemberView> view(RoomName room) {
        Map<SessionId, MemberView> view = viewByRoom.get(room);
        assertThat(view).as("%s is in %s, or would not be told", id, room).isNotNull();
        return view == null ? Map.of() : view;
    }

    /** The data names its room and counts up for each sender. */
    private void signalled(ServerMessage.Signalled signalled) {
        String[] parts = signalled.data().text().split(" ", -1);
        assertThat(parts[0])
                .as("no data from another room")
                .isEqualTo(signalled.room().value());
        assertThat(viewByRoom).containsKey(signalled.room());
        Integer before = lastNumberBySender.put(signalled.from().value(), Integer.valueOf(parts[1]));
        assertThat(before == null || before < Integer.parseInt(parts[1]))
                .as("in order and once")
                .isTrue();
    }
}
