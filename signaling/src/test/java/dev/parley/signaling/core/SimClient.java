package dev.parley.signaling.core;

import static dev.parley.signaling.core.HubInvariants.check;

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
    /** What others have said to it and it has not heard, in order. */
    final ArrayDeque<String> expected = new ArrayDeque<>();

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
        check(number <= handedOver, "what was never given is not acknowledged", id, number, handedOver);
        unacknowledged.removeIf(message -> message.number() <= number);
    }

    void lost() {
        connected = false;
        onTheWay.clear();
    }

    void resumed(HubEffect.Continue session) {
        connected = true;
        keys = HubFixture.countOf(session.key());
        check(session.received() == handedOver, "the hub knows all it was given", id, session, handedOver);
        acknowledged(session.received());
        if (session.lost()) {
            viewByRoom.clear();
            awaited.clear();
            expected.clear();
            received = session.after();
        }
        check(session.after() == received, "a client goes on where it was", id, session, received);
    }

    /** The next message arrives. */
    void take() {
        Numbered<ServerMessage> next = onTheWay.remove();
        if (next.number() != 0) {
            received++;
            check(next.number() == received, "nothing is lost or comes twice", id, next, received);
        }
        take(next.message());
    }

    private void take(ServerMessage message) {
        switch (message) {
            case ServerMessage.Joined joined -> joined(joined);
            case ServerMessage.Waiting(var room, var ref) ->
                check(!viewByRoom.containsKey(room) && awaited.add(room), "who waits is outside", id, room);
            case ServerMessage.Knocked(var room, var knock) ->
                check(knocks(room).add(knock.id()), "a knock is told once", id, room, knock);
            case ServerMessage.KnockEnded(var room, var gone, var reason, var ref) ->
                check(knocks(room).remove(gone), "a knock that ends was told", id, room, gone);
            case ServerMessage.Left(var room, var reason, var ref) -> {
                check(viewByRoom.remove(room) != null || awaited.remove(room), "who leaves was there", id, room);
                knocksByRoom.remove(room);
            }
            case ServerMessage.MemberJoined(var room, var member) ->
                check(view(room).put(member.id(), member) == null, "who comes was not there", id, room, member);
            case ServerMessage.MemberUpdated(var room, var member, var ref) -> {
                if (member.id().equals(id)) {
                    becomes(room, member.role());
                } else {
                    check(view(room).put(member.id(), member) != null, "who changes is there", id, room, member);
                }
            }
            case ServerMessage.MemberLeft(var room, var gone, var departure) ->
                check(view(room).remove(gone) != null, "who goes was there", id, room, gone);
            case ServerMessage.Signalled signalled -> signalled(signalled);
            case ServerMessage.KeySet set -> keySet(set);
            case ServerMessage.RoomUpdated updated -> view(updated.room());
            case ServerMessage.Pong(var ref, var number) -> acknowledged(number);
            case ServerMessage.Problem(var refusal, var detail, var ref, var room) -> {
                if (refusal == Refusal.NOT_ADMITTED) {
                    check(room != null && awaited.remove(room), "who is refused has waited", id, room);
                }
            }
            case ServerMessage.Expires _ -> {}
        }
    }

    private void joined(ServerMessage.Joined joined) {
        RoomName room = joined.room();
        Map<SessionId, MemberView> view = new LinkedHashMap<>();
        joined.members().forEach(member -> view.put(member.id(), member));
        check(viewByRoom.put(room, view) == null, "nobody joins twice", id, room);
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
        check(roleByRoom.get(room) == Role.HOST, "hosts are told of those who wait", id, room);
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
        check(view != null, "only who is in a room is told of it", id, room);
        return view == null ? Map.of() : view;
    }

    /** The data names its room and counts up for each sender. */
    private void signalled(ServerMessage.Signalled signalled) {
        String data = signalled.data().text();
        String[] parts = data.split(" ", -1);
        check(parts[0].equals(signalled.room().value()), "no data from another room", id, signalled);
        view(signalled.room());
        Integer before = lastNumberBySender.put(signalled.from().value(), Integer.valueOf(parts[1]));
        check(before == null || before < Integer.parseInt(parts[1]), "in order and once", id, signalled);
        if (signalled.toRole() == null) {
            check(data.equals(expected.poll()), "what was said arrives, and nothing else", id, signalled);
        }
    }
}
