package dev.parley.signaling.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the hub says to sessions: numbered, kept until confirmed, and sent to those that have a connection now. */
final class Sending {
    private Sending() {}

    static void send(Session to, ServerMessage message, List<HubEffect> effects) {
        send(List.of(to), message, effects);
    }

    static void send(List<Session> to, ServerMessage message, List<HubEffect> effects) {
        List<Delivery> deliveries = new ArrayList<>(to.size());
        for (Session session : to) {
            long number = message.isNumbered() ? session.outbox.add(message) : 0;
            if (session.isConnected()) {
                deliveries.add(new Delivery(session.id, number));
            }
        }
        if (!deliveries.isEmpty()) {
            effects.add(new HubEffect.Send(deliveries, message));
        }
    }

    /** What a member has changed: it hears that with its ref, all others in the room without. */
    static void announce(
            Room room,
            Session author,
            @Nullable Ref ref,
            Function<@Nullable Ref, ServerMessage> change,
            List<HubEffect> effects) {
        send(author, change.apply(ref), effects);
        send(room.others(author.id), change.apply(null), effects);
    }

    /** All that is kept for the session, once more. */
    static void sendAgain(Session to, List<HubEffect> effects) {
        for (Outbox.Kept kept : to.outbox.all()) {
            effects.add(new HubEffect.Send(List.of(new Delivery(to.id, kept.number())), kept.message()));
        }
    }
}
