package dev.parley.signaling.core;

import dev.parley.signaling.core.ClientMessage.AnswerKnock;
import dev.parley.signaling.core.ServerMessage.KnockEnded;
import dev.parley.signaling.core.WaitingRoom.Waiting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends the waiting before rooms: by a host's word, by giving up, or because nobody has to wait any more. */
final class Knocking {
    private final HubLimits limits;
    private final Memberships memberships;

    Knocking(HubLimits limits, Memberships memberships) {
        this.limits = limits;
        this.memberships = memberships;
    }

    /** A host's word opens even a locked room, but not one that is full, and not for the banned. */
    Verdict answer(Session host, AnswerKnock request, long nowNanos, List<HubEffect> effects) {
        Room room = host.findRoom(request.room());
        if (room == null) {
            return new Verdict.Refused(Refusal.NOT_IN_ROOM);
        }
        if (!room.isHost(host.id)) {
            return new Verdict.Refused(Refusal.NOT_HOST);
        }
        Waiting waiting = room.waiting().find(request.id());
        if (waiting == null) {
            return new Verdict.Refused(Refusal.NO_SUCH_MEMBER);
        }
        Refusal refusal = request.admitted() ? findRefusal(room, waiting) : null;
        if (refusal != null) {
            return new Verdict.Refused(refusal);
        }
        KnockEnd end = request.admitted() ? KnockEnd.ADMITTED : KnockEnd.REFUSED;
        tell(room, waiting.session(), end, host, request.ref(), effects);
        if (request.admitted()) {
            admit(room, waiting, nowNanos, effects);
        } else {
            memberships.sendAway(room, waiting, nowNanos, effects);
        }
        return Verdict.DONE;
    }

    /** Of a session that does not want to wait any more, or is over. */
    void giveUp(Session session, Room room, KnockEnd end, long nowNanos, List<HubEffect> effects) {
        memberships.endWaiting(session, room, nowNanos);
        tell(room, session, end, null, null, effects);
    }

    /** Where nobody has to wait any more all who do come in, or are sent away if they may not. */
    void settle(Room room, long nowNanos, List<HubEffect> effects) {
        if (room.door().hasWaitingRoom()) {
            return;
        }
        for (Waiting waiting : room.waiting().all()) {
            boolean shut = room.door().isLocked() || findRefusal(room, waiting) != null;
            tell(room, waiting.session(), shut ? KnockEnd.REFUSED : KnockEnd.ADMITTED, null, null, effects);
            if (shut) {
                memberships.sendAway(room, waiting, nowNanos, effects);
            } else {
                admit(room, waiting, nowNanos, effects);
            }
        }
    }

    private @Nullable Refusal findRefusal(Room room, Waiting waiting) {
        int others = memberships.othersBeside(waiting.session(), room);
        Refusal atTheDoor = room.door().findRefusal(Barred.of(waiting.session()), others);
        return atTheDoor == null ? room.findRefusal(waiting.presence(), others, limits) : atTheDoor;
    }

    private void admit(Room room, Waiting waiting, long nowNanos, List<HubEffect> effects) {
        memberships.endWaiting(waiting.session(), room, nowNanos);
        memberships.enter(waiting.session(), room, waiting.presence(), waiting.ref(), nowNanos, effects);
    }

    private static void tell(
            Room room,
            Session about,
            KnockEnd end,
            @Nullable Session author,
            @Nullable Ref ref,
            List<HubEffect> effects) {
        if (author != null) {
            Sending.send(author, new KnockEnded(room.name(), about.id, end, ref), effects);
        }
        List<Session> others =
                room.hosts().stream().filter(host -> !host.equals(author)).toList();
        Sending.send(others, new KnockEnded(room.name(), about.id, end, null), effects);
    }
}
