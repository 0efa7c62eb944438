package dev.parley.signaling.core;

import dev.parley.signaling.core.HubEffect.Departed;
import dev.parley.signaling.core.HubEffect.Entered;
import dev.parley.signaling.core.ServerMessage.Knocked;
import dev.parley.signaling.core.ServerMessage.Left;
import dev.parley.signaling.core.ServerMessage.MemberJoined;
import dev.parley.signaling.core.ServerMessage.MemberLeft;
import dev.parley.signaling.core.ServerMessage.MemberUpdated;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts sessions into rooms, and takes them out, with all that is to be told; whether they may is settled before. */
final class Memberships {
    private final IdentityPolicy policy;
    private final RoomTable rooms;
    private final Consumer<Session> onRoomsChanged;
    private final RoomWatcher watcher;

    /** Is told of a room that somebody has entered or left. */
    @FunctionalInterface
    interface RoomWatcher {
        void changed(Room room, long nowNanos);
    }

    /** @param onRoomsChanged is told of a session that has entered a room or left one, or waits for one */
    Memberships(IdentityPolicy policy, RoomTable rooms, Consumer<Session> onRoomsChanged, RoomWatcher watcher) {
        this.policy = policy;
        this.rooms = rooms;
        this.onRoomsChanged = onRoomsChanged;
        this.watcher = watcher;
    }

    /** The room of that name, or one that comes into being as soon as somebody enters. */
    Room findOrPrepare(RoomName name) {
        Room known = rooms.find(name);
        return known == null ? new Room(name) : known;
    }

    /** Whether it is there already. */
    boolean exists(Room room) {
        return rooms.find(room.name()) != null;
    }

    int rooms() {
        return rooms.size();
    }

    /** Whose place the session takes when it enters, because the same user is in a room but once; or null. */
    @Nullable
    Member findReplaced(Session session, Room room) {
        return policy.oneSessionPerUser() ? room.findUser(session.identity().user()) : null;
    }

    /** How many members there are beside the one whose place it takes. */
    int othersBeside(Session session, Room room) {
        return room.size() - (findReplaced(session, room) == null ? 0 : 1);
    }

    /** What the session's token says, or what the room gives. */
    Role roleOf(Session session, Room room) {
        Role granted = granted(session, room);
        Member older = findReplaced(session, room);
        Role byRoom = older == null || older.isAppointed() ? newcomersRole(room) : older.role();
        return granted == null ? byRoom : granted;
    }

    /** Whoever makes a room is its host; so is who comes into one without, where hosts do not come from tokens. */
    private Role newcomersRole(Room room) {
        return policy.rolesFromTokens() || room.hasHost() ? Role.MEMBER : Role.HOST;
    }

    private static @Nullable Role granted(Session session, Room room) {
        Grant grant = session.identity().findGrant(room.name());
        return grant == null ? null : grant.role();
    }

    void enter(
            Session session, Room room, Presence presence, @Nullable Ref ref, long nowNanos, List<HubEffect> effects) {
        Member older = findReplaced(session, room);
        boolean appointed = granted(session, room) != null || policy.rolesFromTokens();
        Member member = new Member(session, roleOf(session, room), appointed, presence);
        rooms.enter(room, member);
        watcher.changed(room, nowNanos);
        session.entered(room);
        onRoomsChanged.accept(session);
        effects.add(new Entered(
                room.name(), session.id, session.remote(), session.identity().user()));
        Sending.send(session, room.seenBy(session.id, ref), effects);
        Sending.send(room.others(session.id), new MemberJoined(room.name(), member.view()), effects);
        if (older != null) {
            depart(older.session, room, Departure.REPLACED, nowNanos, effects);
            Sending.send(older.session, new Left(room.name(), Departure.REPLACED, null), effects);
        }
    }

    /** Takes the session out of the room and tells the others; for every way of going alone. */
    void depart(Session session, Room room, Departure departure, long nowNanos, List<HubEffect> effects) {
        departUntold(session, room, departure, nowNanos, effects);
        Sending.send(room.others(session.id), new MemberLeft(room.name(), session.id, departure), effects);
        passOn(room, effects);
        if (rooms.find(room.name()) == null) {
            room.waiting().all().forEach(waiting -> sendAway(room, waiting, nowNanos, effects));
        }
    }

    /** A room always has a host. */
    void passOn(Room room, List<HubEffect> effects) {
        Member heir = room.heir();
        if (heir != null) {
            heir.become(Role.HOST);
            Sending.send(room.all(), new MemberUpdated(room.name(), heir.view(), null), effects);
            showWaiting(room, heir.session, effects);
        }
    }

    /** A new host learns of all who wait. */
    static void showWaiting(Room room, Session host, List<HubEffect> effects) {
        room.waiting().knocks().forEach(knock -> Sending.send(host, new Knocked(room.name(), knock), effects));
    }

    /** Takes the session out of the room without telling the others; for when they go too. */
    void departUntold(Session session, Room room, Departure departure, long nowNanos, List<HubEffect> effects) {
        rooms.depart(room, session.id);
        watcher.changed(room, nowNanos);
        session.departed(room, nowNanos);
        onRoomsChanged.accept(session);
        effects.add(new Departed(room.name(), session.id, session.identity().user(), departure));
    }

    void await(Session session, Room room, Presence presence, @Nullable Ref ref) {
        room.waiting().add(new WaitingRoom.Waiting(session, presence, ref));
        session.waitsFor(room);
        onRoomsChanged.accept(session);
    }

    /** The session waits no longer; nobody is told. Returns how it waited, or null if it did not. */
    WaitingRoom.@Nullable Waiting endWaiting(Session session, Room room, long nowNanos) {
        WaitingRoom.Waiting ended = room.waiting().remove(session.id);
        session.waitsNoLonger(room, nowNanos);
        onRoomsChanged.accept(session);
        return ended;
    }

    /** It is told that its join is refused after all. */
    void sendAway(Room room, WaitingRoom.Waiting waiting, long nowNanos, List<HubEffect> effects) {
        Session session = waiting.session();
        endWaiting(session, room, nowNanos);
        effects.add(new HubEffect.Refused(session.id, Refusal.NOT_ADMITTED));
        Sending.send(
                session, new ServerMessage.Problem(Refusal.NOT_ADMITTED, null, waiting.ref(), room.name()), effects);
    }
}
