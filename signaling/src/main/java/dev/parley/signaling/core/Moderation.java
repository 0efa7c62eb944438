package dev.parley.signaling.core;

import dev.parley.signaling.core.ClientMessage.Configure;
import dev.parley.signaling.core.ClientMessage.Expel;
import dev.parley.signaling.core.ClientMessage.SetRole;
import dev.parley.signaling.core.ServerMessage.Left;
import dev.parley.signaling.core.ServerMessage.MemberUpdated;
import dev.parley.signaling.core.ServerMessage.RoomUpdated;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out what hosts ask: each request is checked against the sender's role in that very room. */
final class Moderation {
    private final HubLimits limits;
    private final Memberships memberships;
    private final Knocking knocking;

    Moderation(HubLimits limits, Memberships memberships, Knocking knocking) {
        this.limits = limits;
        this.memberships = memberships;
        this.knocking = knocking;
    }

    /** A member goes, and its relay with it; banned, its user or address does not come back. */
    Verdict expel(Session host, Expel request, long nowNanos, List<HubEffect> effects) {
        Room room = host.findRoom(request.room());
        Member target = room == null ? null : room.find(request.id());
        if (room == null || target == null || !room.isHost(host.id)) {
            return refusal(room, host, target);
        }
        if (request.banned()) {
            room.door().ban(Barred.of(target.session), limits.of(HubLimit.ROOM_BANS));
        }
        Departure departure = request.banned() ? Departure.BANNED : Departure.KICKED;
        memberships.depart(target.session, room, departure, nowNanos, effects);
        Sending.send(target.session, new Left(room.name(), departure, null), effects);
        return Verdict.DONE;
    }

    Verdict setRole(Session host, SetRole request, long nowNanos, List<HubEffect> effects) {
        Room room = host.findRoom(request.room());
        Member target = room == null ? null : room.find(request.id());
        if (room == null || target == null || !room.isHost(host.id)) {
            return refusal(room, host, target);
        }
        boolean becomesHost = request.role() == Role.HOST && target.role() != Role.HOST;
        // All are told of the role, and of the new host, if there must be one, who is told of those who wait.
        long deliveries = 2L * room.size() + room.waiting().size();
        if (!host.deliveries.tryTake(deliveries, nowNanos)) {
            return new Verdict.Refused(Refusal.DELIVERY_RATE);
        }
        target.become(request.role());
        Sending.announce(room, host, request.ref(), ref -> new MemberUpdated(room.name(), target.view(), ref), effects);
        if (becomesHost) {
            Memberships.showWaiting(room, target.session, effects);
        }
        memberships.passOn(room, effects);
        return Verdict.DONE;
    }

    Verdict configure(Session host, Configure request, long nowNanos, List<HubEffect> effects) {
        Room room = host.findRoom(request.room());
        if (room == null || !room.isHost(host.id)) {
            return refusal(room, host, null);
        }
        JsonText metadata = request.change().metadata();
        if (metadata != null && metadata.utf8Bytes() > limits.of(HubLimit.METADATA_BYTES)) {
            return new Verdict.Refused(Refusal.METADATA_TOO_LARGE);
        }
        if (!host.deliveries.tryTake(room.size(), nowNanos)) {
            return new Verdict.Refused(Refusal.DELIVERY_RATE);
        }
        room.door().change(request.change());
        RoomView view = room.door().view();
        Sending.announce(room, host, request.ref(), ref -> new RoomUpdated(room.name(), view, ref), effects);
        knocking.settle(room, nowNanos, effects);
        return Verdict.DONE;
    }

    /** Who is in no such room learns no more than that; who is no host learns nothing of the target. */
    private static Verdict refusal(@Nullable Room room, Session sender, @Nullable Member target) {
        if (room == null) {
            return new Verdict.Refused(Refusal.NOT_IN_ROOM);
        }
        boolean noHost = !room.isHost(sender.id);
        return new Verdict.Refused(noHost || target != null ? Refusal.NOT_HOST : Refusal.NO_SUCH_MEMBER);
    }
}
