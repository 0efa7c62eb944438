package dev.parley.signaling.core;

import dev.parley.signaling.core.ClientMessage.Join;
import dev.parley.signaling.core.ClientMessage.Leave;
import dev.parley.signaling.core.ClientMessage.Signal;
import dev.parley.signaling.core.ClientMessage.Update;
import dev.parley.signaling.core.HubEffect.Departed;
import dev.parley.signaling.core.HubEffect.Entered;
import dev.parley.signaling.core.ServerMessage.Left;
import dev.parley.signaling.core.ServerMessage.MemberJoined;
import dev.parley.signaling.core.ServerMessage.MemberLeft;
import dev.parley.signaling.core.ServerMessage.MemberUpdated;
import dev.parley.signaling.core.ServerMessage.Signalled;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries out what clients ask of rooms. Each request either happens completely or is refused and changes nothing. */
final class RoomRequests {
    /** A delivery counts once for each started block of this size. */
    private static final int DELIVERY_BLOCK = 4096;

    /** That it came, that it went, and who is host then; going can't be refused, so it is paid for with coming. */
    private static final int TELLINGS_OF_A_MEMBER = 3;

    private final HubLimits limits;
    private final IdentityPolicy policy;
    private final RoomTable rooms;
    private final Consumer<Session> onRoomsChanged;

    /** @param onRoomsChanged is told of a session that has entered a room or left one */
    RoomRequests(HubLimits limits, IdentityPolicy policy, RoomTable rooms, Consumer<Session> onRoomsChanged) {
        this.limits = limits;
        this.policy = policy;
        this.rooms = rooms;
        this.onRoomsChanged = onRoomsChanged;
    }

    Verdict join(Session session, Join request, long nowNanos, List<HubEffect> effects) {
        Room known = rooms.find(request.room());
        Room room = known == null ? new Room(request.room()) : known;
        Presence presence = session.identity().vouched(request.presence());
        Member older =
                policy.oneSessionPerUser() ? room.findUser(session.identity().user()) : null;
        if (checkJoin(session, request, presence, room, older, nowNanos) instanceof Verdict.Refused refused) {
            return refused;
        }
        Grant grant = session.identity().findGrant(request.room());
        Role granted = grant == null ? null : grant.role();
        boolean appointed = granted != null || policy.rolesFromTokens();
        Role byRoom = older == null || older.isAppointed() ? newcomersRole(room) : older.role();
        Member member = new Member(session, granted == null ? byRoom : granted, appointed, presence);
        rooms.enter(room, member);
        session.entered(room);
        onRoomsChanged.accept(session);
        effects.add(new Entered(room.name(), session.id, session.remote()));
        Sending.send(session, room.seenBy(session.id, request.ref()), effects);
        tellOthers(room, session.id, new MemberJoined(room.name(), member.view()), effects);
        if (older != null) {
            depart(older.session, room, Departure.REPLACED, nowNanos, effects);
            Sending.send(older.session, new Left(room.name(), Departure.REPLACED, null), effects);
        }
        return Verdict.DONE;
    }

    /** Whoever makes a room is its host; so is who comes into one without, where hosts do not come from tokens. */
    private Role newcomersRole(Room room) {
        return policy.rolesFromTokens() || room.hasHost() ? Role.MEMBER : Role.HOST;
    }

    private Verdict checkJoin(
            Session session, Join request, Presence presence, Room room, @Nullable Member older, long nowNanos) {
        if (!session.joins.tryTake(1, nowNanos)) {
            return refused(Refusal.JOIN_RATE);
        }
        if (request.room().length() > limits.of(HubLimit.NAME_LENGTH)) {
            return refused(Refusal.NAME_TOO_LONG);
        }
        if (checkPresence(presence) instanceof Verdict.Refused refused) {
            return refused;
        }
        if (session.findRoom(request.room()) != null) {
            return refused(Refusal.ALREADY_JOINED);
        }
        if (session.roomCount() >= session.identity().allowance().rooms(limits)) {
            return refused(Refusal.TOO_MANY_ROOMS);
        }
        if (session.identity().findGrant(request.room()) == null) {
            return refused(Refusal.NOT_GRANTED);
        }
        if (room.isEmpty() && rooms.size() >= limits.of(HubLimit.ROOMS)) {
            return refused(Refusal.ROOMS_EXHAUSTED);
        }
        int others = room.size() - (older == null ? 0 : 1);
        Refusal atTheDoor = room.door().findRefusal(Barred.of(session), request.password(), others);
        if (atTheDoor != null) {
            return refused(atTheDoor);
        }
        if (others >= limits.of(HubLimit.ROOM_MEMBERS)) {
            return refused(Refusal.ROOM_FULL);
        }
        if (room.rosterBytes() + presence.rosterBytes() > limits.of(HubLimit.ROOM_ROSTER_BYTES)) {
            return refused(Refusal.ROSTER_FULL);
        }
        return charge(session, (long) TELLINGS_OF_A_MEMBER * room.size(), nowNanos);
    }

    Verdict leave(Session session, Leave request, long nowNanos, List<HubEffect> effects) {
        Room room = session.findRoom(request.room());
        if (room == null) {
            return refused(Refusal.NOT_IN_ROOM);
        }
        depart(session, room, Departure.LEFT, nowNanos, effects);
        Sending.send(session, new Left(room.name(), Departure.LEFT, request.ref()), effects);
        return Verdict.DONE;
    }

    /** Takes the session out of the room and tells the others; for every way of going alone. */
    void depart(Session session, Room room, Departure departure, long nowNanos, List<HubEffect> effects) {
        departUntold(session, room, nowNanos, effects);
        tellOthers(room, session.id, new MemberLeft(room.name(), session.id, departure), effects);
        passOn(room, effects);
    }

    /** A room always has a host. */
    void passOn(Room room, List<HubEffect> effects) {
        Member heir = room.heir();
        if (heir != null) {
            heir.become(Role.HOST);
            Sending.send(room.all(), new MemberUpdated(room.name(), heir.view(), null), effects);
        }
    }

    /** Takes the session out of the room without telling the others; for when they go too. */
    void departUntold(Session session, Room room, long nowNanos, List<HubEffect> effects) {
        rooms.depart(room, session.id);
        session.departed(room, nowNanos);
        onRoomsChanged.accept(session);
        effects.add(new Departed(room.name(), session.id));
    }

    Verdict signal(Session session, Signal request, long nowNanos, List<HubEffect> effects) {
        Room room = session.findRoom(request.room());
        if (room == null) {
            return refused(Refusal.NOT_IN_ROOM);
        }
        Member sender = room.find(session.id);
        boolean toMany = request.to() == null && request.toRole() != Role.HOST;
        if (toMany && sender != null && sender.role() == Role.LISTENER) {
            return refused(Refusal.LISTENERS_ONLY_LISTEN);
        }
        List<Session> recipients = recipientsOf(request, room, session);
        if (recipients == null) {
            return refused(Refusal.NO_SUCH_MEMBER);
        }
        long blocks = 1L + request.data().text().length() / DELIVERY_BLOCK;
        if (charge(session, blocks * recipients.size(), nowNanos) instanceof Verdict.Refused refused) {
            return refused;
        }
        boolean broadcast = request.to() == null && request.toRole() == null;
        Sending.send(
                recipients,
                new Signalled(room.name(), session.id, request.data(), request.toRole(), broadcast),
                effects);
        return Verdict.DONE;
    }

    private static @Nullable List<Session> recipientsOf(Signal request, Room room, Session sender) {
        SessionId target = request.to();
        if (target == null) {
            Role role = request.toRole();
            return role == null ? room.others(sender.id) : room.others(sender.id, role);
        }
        Member member = room.find(target);
        return member == null ? null : List.of(member.session);
    }

    Verdict update(Session session, Update request, long nowNanos, List<HubEffect> effects) {
        Room room = session.findRoom(request.room());
        Member member = room == null ? null : room.find(session.id);
        if (room == null || member == null) {
            return refused(Refusal.NOT_IN_ROOM);
        }
        Presence changed = session.identity().vouched(request.change().appliedTo(member.presence()));
        if (checkPresence(changed) instanceof Verdict.Refused refused) {
            return refused;
        }
        int growth = changed.rosterBytes() - member.presence().rosterBytes();
        if (growth > 0 && room.rosterBytes() + growth > limits.of(HubLimit.ROOM_ROSTER_BYTES)) {
            return refused(Refusal.UPDATE_TOO_LARGE);
        }
        if (charge(session, room.size(), nowNanos) instanceof Verdict.Refused refused) {
            return refused;
        }
        room.show(member, changed);
        Sending.announce(
                room, session, request.ref(), ref -> new MemberUpdated(room.name(), member.view(), ref), effects);
        return Verdict.DONE;
    }

    private Verdict checkPresence(Presence presence) {
        MemberName name = presence.name();
        if (name != null && name.length() > limits.of(HubLimit.NAME_LENGTH)) {
            return refused(Refusal.NAME_TOO_LONG);
        }
        if (presence.metadataBytes() > limits.of(HubLimit.METADATA_BYTES)) {
            return refused(Refusal.METADATA_TOO_LARGE);
        }
        return Verdict.DONE;
    }

    private static Verdict charge(Session session, long deliveries, long nowNanos) {
        return session.deliveries.tryTake(deliveries, nowNanos) ? Verdict.DONE : refused(Refusal.DELIVERY_RATE);
    }

    private static void tellOthers(Room room, SessionId about, ServerMessage message, List<HubEffect> effects) {
        Sending.send(room.others(about), message, effects);
    }

    private static Verdict refused(Refusal refusal) {
        return new Verdict.Refused(refusal);
    }
}
