package dev.parley.signaling.core;

import dev.parley.signaling.core.ClientMessage.SetKey;
import dev.parley.signaling.core.ServerMessage.KeySet;
import java.util.List;

/** Carries out changes of what rooms keep under names. The last one to set a value has set it. */
final class KeyRequests {
    private final HubLimits limits;

    KeyRequests(HubLimits limits) {
        this.limits = limits;
    }

    Verdict set(Session session, SetKey request, long nowNanos, List<HubEffect> effects) {
        Room room = session.findRoom(request.room());
        Member member = room == null ? null : room.find(session.id);
        if (room == null || member == null) {
            return new Verdict.Refused(Refusal.NOT_IN_ROOM);
        }
        if (member.role() == Role.LISTENER) {
            return new Verdict.Refused(Refusal.LISTENERS_ONLY_LISTEN);
        }
        if (request.key().length() > limits.of(HubLimit.NAME_LENGTH)) {
            return new Verdict.Refused(Refusal.NAME_TOO_LONG);
        }
        if (!room.keys().fits(request.key(), request.value(), limits)) {
            return new Verdict.Refused(Refusal.KEYS_FULL);
        }
        if (!session.deliveries.tryTake(room.size(), nowNanos)) {
            return new Verdict.Refused(Refusal.DELIVERY_RATE);
        }
        room.keys().set(request.key(), request.value());
        Sending.announce(
                room,
                session,
                request.ref(),
                ref -> new KeySet(room.name(), request.key(), request.value(), session.id, ref),
                effects);
        return Verdict.DONE;
    }
}
