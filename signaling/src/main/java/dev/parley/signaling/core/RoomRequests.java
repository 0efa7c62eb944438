package dev.parley.signaling.core;

import dev.parley.signaling.core.ClientMessage.Leave;
import dev.parley.signaling.core.ClientMessage.Signal;
import dev.parley.signaling.core.ClientMessage.Update;
import dev.parley.signaling.core.ServerMessage.Left;
import dev.parley.signaling.core.ServerMessage.MemberUpdated;
import dev.parley.signaling.core.ServerMessage.Signalled;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what members ask of their rooms. Each request either happens completely or is refused and changes
 * nothing.
 */
final class RoomRequests {
    /** A delivery counts once for each started block of this size. */
    private static final int DELIVERY_BLOCK = 4096;

    private final HubLimits limits;
    private final Memberships memberships;
    private final Knocking knocking;
    private final SignalFilter filter;

    RoomRequests(HubLimits limits, Memberships memberships, Knocking knocking, SignalFilter filter) {
        this.limits = limits;
        this.memberships = memberships;
        this.knocking = knocking;
        this.filter = filter;
    }

    Verdict leave(Session session, Leave request, long nowNanos, List<HubEffect> effects) {
        Room awaited = session.findAwaited(request.room());
        if (awaited != null) {
            knocking.giveUp(session, awaited, KnockEnd.LEFT, nowNanos, effects);
            Sending.send(session, new Left(awaited.name(), Departure.LEFT, request.ref()), effects);
            return Verdict.DONE;
        }
        Room room = session.findRoom(request.room());
        if (room == null) {
            return refused(Refusal.NOT_IN_ROOM);
        }
        memberships.depart(session, room, Departure.LEFT, nowNanos, effects);
        Sending.send(session, new Left(room.name(), Departure.LEFT, request.ref()), effects);
        return Verdict.DONE;
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
        JsonText data = room.door().isRelayOnly() ? filter.withoutAddresses(request.data()) : request.data();
        if (!request.data().equals(data)) {
            effects.add(new HubEffect.Hidden(session.id));
        }
        if (data != null) {
            boolean broadcast = request.to() == null && request.toRole() == null;
            Sending.send(
                    recipients, new Signalled(room.name(), session.id, data, request.toRole(), broadcast), effects);
        }
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
        Refusal refusal = changed.findRefusal(limits);
        if (refusal != null) {
            return refused(refusal);
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

    private static Verdict charge(Session session, long deliveries, long nowNanos) {
        return session.deliveries.tryTake(deliveries, nowNanos) ? Verdict.DONE : refused(Refusal.DELIVERY_RATE);
    }

    private static Verdict refused(Refusal refusal) {
        return new Verdict.Refused(refusal);
    }
}
