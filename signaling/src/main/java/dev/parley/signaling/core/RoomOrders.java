package dev.parley.signaling.core;

import dev.parley.ice.time.DeadlineQueue;
import dev.parley.signaling.core.RoomAnswer.Reason;
import dev.parley.signaling.core.ServerMessage.Left;
import dev.parley.signaling.core.ServerMessage.RoomUpdated;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Carries out what is ordered from outside, and ends rooms that were kept and stayed empty. */
final class RoomOrders {
    private final HubLimits limits;
    private final RoomTable rooms;
    private final Memberships memberships;
    private final Knocking knocking;
    /** Kept rooms without members. */
    private final DeadlineQueue<RoomName> deadlines = new DeadlineQueue<>();

    RoomOrders(HubLimits limits, RoomTable rooms, Memberships memberships, Knocking knocking) {
        this.limits = limits;
        this.rooms = rooms;
        this.memberships = memberships;
        this.knocking = knocking;
    }

    RoomAnswer carryOut(RoomOrder order, long nowNanos, List<HubEffect> effects) {
        if (order instanceof RoomOrder.Keep keep) {
            return keep(keep, nowNanos, effects);
        }
        Room room = rooms.find(order.room());
        if (room == null) {
            return new RoomAnswer.Refused(Reason.NO_SUCH_ROOM);
        }
        return switch (order) {
            case RoomOrder.Keep keep -> keep(keep, nowNanos, effects);
            case RoomOrder.See _ -> seen(room, false);
            case RoomOrder.Dismiss(var name, var member) -> dismiss(room, member, nowNanos, effects);
            case RoomOrder.End _ -> {
                end(room, nowNanos, effects);
                yield new RoomAnswer.Done();
            }
        };
    }

    /** A kept room has become empty, or is not any more. */
    void roomChanged(Room room, long nowNanos) {
        if (room.isKept() && room.isEmpty()) {
            deadlines.schedule(room.name(), nowNanos + TimeUnit.SECONDS.toNanos(room.emptySeconds()));
        } else {
            deadlines.cancel(room.name());
        }
    }

    long nextDeadlineNanos() {
        return deadlines.peekNanos();
    }

    /** Ends what has been empty for too long. */
    void timerFired(long nowNanos, List<HubEffect> effects) {
        for (RoomName name = deadlines.pollDue(nowNanos); name != null; name = deadlines.pollDue(nowNanos)) {
            Room room = rooms.find(name);
            if (room != null) {
                end(room, nowNanos, effects);
            }
        }
    }

    private RoomAnswer keep(RoomOrder.Keep order, long nowNanos, List<HubEffect> effects) {
        Room room = memberships.findOrPrepare(order.room());
        boolean made = !memberships.exists(room);
        Reason reason = findRefusal(order, room, made);
        if (reason != null) {
            return new RoomAnswer.Refused(reason);
        }
        rooms.keep(room, order.emptySeconds());
        room.door().change(order.change());
        RoomView view = room.door().view();
        Sending.send(room.all(), new RoomUpdated(room.name(), view, null), effects);
        knocking.settle(room, nowNanos, effects);
        roomChanged(room, nowNanos);
        return seen(room, made);
    }

    private @Nullable Reason findRefusal(RoomOrder.Keep order, Room room, boolean made) {
        JsonText metadata = order.change().metadata();
        if (order.room().length() > limits.of(HubLimit.NAME_LENGTH)) {
            return Reason.NAME_TOO_LONG;
        }
        if (metadata != null && metadata.utf8Bytes() > limits.of(HubLimit.METADATA_BYTES)) {
            return Reason.METADATA_TOO_LARGE;
        }
        if (order.emptySeconds() > limits.of(HubLimit.KEPT_SECONDS)) {
            return Reason.KEPT_TOO_LONG;
        }
        if (!room.isKept() && rooms.kept() >= limits.of(HubLimit.KEPT_ROOMS)) {
            return Reason.TOO_MANY_KEPT;
        }
        return made && rooms.size() >= limits.of(HubLimit.ROOMS) ? Reason.ROOMS_EXHAUSTED : null;
    }

    private RoomAnswer dismiss(Room room, SessionId id, long nowNanos, List<HubEffect> effects) {
        Member member = room.find(id);
        if (member == null) {
            return new RoomAnswer.Refused(Reason.NO_SUCH_MEMBER);
        }
        memberships.depart(member.session, room, Departure.KICKED, nowNanos, effects);
        Sending.send(member.session, new Left(room.name(), Departure.KICKED, null), effects);
        return new RoomAnswer.Done();
    }

    /** All go at once, so nobody is told of the others. */
    private void end(Room room, long nowNanos, List<HubEffect> effects) {
        deadlines.cancel(room.name());
        room.waiting().all().forEach(waiting -> memberships.sendAway(room, waiting, nowNanos, effects));
        rooms.keepNoLonger(room);
        for (Session member : room.all()) {
            memberships.departUntold(member, room, Departure.ENDED, nowNanos, effects);
            Sending.send(member, new Left(room.name(), Departure.ENDED, null), effects);
        }
    }

    private static RoomAnswer.Seen seen(Room room, boolean made) {
        return new RoomAnswer.Seen(
                room.name(), room.door().view(), room.seats(), room.waiting().size(), room.emptySeconds(), made);
    }
}
