package dev.parley.signaling.core;

import dev.parley.signaling.core.ClientMessage.Join;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out joins: checks them, then lets in, or lets wait where the room has a waiting room. */
final class Joining {
    /** That it came, that it went, and who is host then; going can't be refused, so it is paid for with coming. */
    private static final int TELLINGS_OF_A_MEMBER = 3;

    /** That it knocks, and how that ended; to each host. */
    private static final int TELLINGS_OF_A_KNOCK = 2;

    private final HubLimits limits;
    private final Memberships memberships;

    Joining(HubLimits limits, Memberships memberships) {
        this.limits = limits;
        this.memberships = memberships;
    }

    Verdict join(Session session, Join request, long nowNanos, List<HubEffect> effects) {
        Room room = memberships.findOrPrepare(request.room());
        Presence presence = session.identity().vouched(request.presence());
        boolean waits = mustWait(session, room);
        Refusal refusal = findRefusal(session, request, presence, room, nowNanos);
        if (refusal == null && waits) {
            refusal = findRefusalToWait(room, presence);
        }
        if (refusal == null && !session.deliveries.tryTake(tellings(room, waits), nowNanos)) {
            refusal = Refusal.DELIVERY_RATE;
        }
        if (refusal != null) {
            return new Verdict.Refused(refusal);
        }
        if (waits) {
            knock(session, room, presence, request.ref(), effects);
        } else {
            memberships.enter(session, room, presence, request.ref(), nowNanos, effects);
        }
        return Verdict.DONE;
    }

    /** Hosts do not wait, nor does who takes its own place; so whoever makes a room does not. */
    private boolean mustWait(Session session, Room room) {
        return room.door().hasWaitingRoom()
                && memberships.roleOf(session, room) != Role.HOST
                && memberships.findReplaced(session, room) == null;
    }

    private void knock(Session session, Room room, Presence presence, @Nullable Ref ref, List<HubEffect> effects) {
        memberships.await(session, room, presence, ref);
        Sending.send(session, new ServerMessage.Waiting(room.name(), ref), effects);
        Knock knock = new Knock(session.id, presence);
        Sending.send(room.hosts(), new ServerMessage.Knocked(room.name(), knock), effects);
    }

    /** Its hosts are told of all who wait in the same breath as of the members, so these share their bytes. */
    private @Nullable Refusal findRefusalToWait(Room room, Presence presence) {
        if (!room.waiting().hasPlace(limits)) {
            return Refusal.WAITING_ROOM_FULL;
        }
        int bytes = room.rosterBytes() + room.waiting().rosterBytes() + presence.rosterBytes();
        return bytes > limits.of(HubLimit.ROOM_ROSTER_BYTES) ? Refusal.ROSTER_FULL : null;
    }

    private static long tellings(Room room, boolean waits) {
        long knocks = waits ? (long) TELLINGS_OF_A_KNOCK * room.hosts().size() : 0;
        return (long) TELLINGS_OF_A_MEMBER * room.size() + knocks;
    }

    private @Nullable Refusal findRefusal(Session session, Join request, Presence presence, Room room, long nowNanos) {
        if (!session.joins.tryTake(1, nowNanos)) {
            return Refusal.JOIN_RATE;
        }
        if (request.room().length() > limits.of(HubLimit.NAME_LENGTH)) {
            return Refusal.NAME_TOO_LONG;
        }
        Refusal ofPresence = presence.findRefusal(limits);
        if (ofPresence != null) {
            return ofPresence;
        }
        if (session.findRoom(request.room()) != null || session.findAwaited(request.room()) != null) {
            return Refusal.ALREADY_JOINED;
        }
        if (session.roomCount() + session.awaitedCount()
                >= session.identity().allowance().rooms(limits)) {
            return Refusal.TOO_MANY_ROOMS;
        }
        if (session.identity().findGrant(request.room()) == null) {
            return Refusal.NOT_GRANTED;
        }
        if (!memberships.exists(room) && memberships.rooms() >= limits.of(HubLimit.ROOMS)) {
            return Refusal.ROOMS_EXHAUSTED;
        }
        int others = memberships.othersBeside(session, room);
        Refusal atTheDoor = room.door().findRefusal(Barred.of(session), request.password(), others);
        return atTheDoor == null ? room.findRefusal(presence, others, limits) : atTheDoor;
    }
}
