package dev.parley.signaling.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who carries out which message of a client: the one switch over them. */
final class ClientRequests {
    private final Joining joining;
    private final Knocking knocking;
    private final RoomRequests rooms;
    private final Moderation moderation;
    private final KeyRequests keys;

    ClientRequests(HubLimits limits, Memberships memberships, Knocking knocking, SignalFilter filter) {
        this.joining = new Joining(limits, memberships);
        this.knocking = knocking;
        this.rooms = new RoomRequests(limits, memberships, knocking, filter);
        this.moderation = new Moderation(limits, memberships, knocking);
        this.keys = new KeyRequests(limits);
    }

    Verdict carryOut(Session session, ClientMessage message, long nowNanos, List<HubEffect> effects) {
        return switch (message) {
            case ClientMessage.Join join -> joining.join(session, join, nowNanos, effects);
            case ClientMessage.Leave leave -> rooms.leave(session, leave, nowNanos, effects);
            case ClientMessage.Signal signal -> rooms.signal(session, signal, nowNanos, effects);
            case ClientMessage.Update update -> rooms.update(session, update, nowNanos, effects);
            case ClientMessage.SetKey set -> keys.set(session, set, nowNanos, effects);
            case ClientMessage.Expel expel -> moderation.expel(session, expel, nowNanos, effects);
            case ClientMessage.AnswerKnock answer -> knocking.answer(session, answer, nowNanos, effects);
            case ClientMessage.SetRole change -> moderation.setRole(session, change, nowNanos, effects);
            case ClientMessage.Configure change -> moderation.configure(session, change, nowNanos, effects);
            case ClientMessage.Acknowledge _, ClientMessage.Bye _ -> Verdict.DONE;
            case ClientMessage.Ping(Ref ref) -> {
                Sending.send(session, new ServerMessage.Pong(ref, session.acknowledge()), effects);
                yield Verdict.DONE;
            }
        };
    }

    /** The room that a message is about, or null. */
    static @Nullable RoomName roomOf(ClientMessage message) {
        return switch (message) {
            case ClientMessage.Join join -> join.room();
            case ClientMessage.Leave leave -> leave.room();
            case ClientMessage.Signal signal -> signal.room();
            case ClientMessage.Update update -> update.room();
            case ClientMessage.SetKey set -> set.room();
            case ClientMessage.Expel expel -> expel.room();
            case ClientMessage.AnswerKnock answer -> answer.room();
            case ClientMessage.SetRole change -> change.room();
            case ClientMessage.Configure change -> change.room();
            case ClientMessage.Ping _, ClientMessage.Acknowledge _, ClientMessage.Bye _ -> null;
        };
    }
}
