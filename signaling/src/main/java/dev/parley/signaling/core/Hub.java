package dev.parley.signaling.core;

import dev.parley.ice.time.DeadlineQueue;
import dev.parley.signaling.core.HubEffect.Close;
import dev.parley.signaling.core.HubEffect.Greet;
import dev.parley.signaling.core.HubEffect.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The signaling hub: who is there, in which rooms, and who is told what. The only door of the core.
 *
 * <p>Pure: time comes in with every call, and everything it wants done is in the list it returns. One thread.
 */
public final class Hub {
    private final HubLimits limits;
    private final SessionTable sessions;
    private final RoomTable rooms = new RoomTable();
    private final Memberships memberships;
    private final Knocking knocking;
    private final RoomOrders orders;
    private final ClientRequests requests;
    private final Renewal renewal;
    private final SessionClock clock;
    private final Continuation continuation;
    private final Endings endings;
    private final DeadlineQueue<SessionId> deadlines = new DeadlineQueue<>();
    private Revocations revocations = Revocations.NONE;
    private boolean draining;

    /**
     * @param policy what identities mean in rooms
     * @param filter for rooms in which everything is relayed
     * @param iceServersTtl how long the credentials of a welcome live; renewed at half of it
     */
    public Hub(HubLimits limits, IdentityPolicy policy, SignalFilter filter, Duration iceServersTtl) {
        this.limits = limits;
        this.sessions = new SessionTable(limits);
        this.memberships = new Memberships(policy, rooms, this::schedule, this::roomChanged);
        this.knocking = new Knocking(limits, memberships);
        this.orders = new RoomOrders(limits, rooms, memberships, knocking);
        this.requests = new ClientRequests(limits, memberships, knocking, filter);
        this.renewal = new Renewal(memberships);
        this.clock = new SessionClock(limits, iceServersTtl.dividedBy(2));
        this.continuation = new Continuation(sessions);
        this.endings = new Endings(sessions, deadlines, memberships, knocking);
    }

    /** Takes one event and returns all that is to be done because of it, in order. */
    public List<HubEffect> handle(HubEvent event, long nowNanos) {
        List<HubEffect> effects = new ArrayList<>(4);
        switch (event) {
            case HubEvent.Opened opened -> open(opened, nowNanos, effects);
            case HubEvent.Resumed resumed -> resume(resumed, nowNanos, effects);
            case HubEvent.Carried carried -> carry(carried, nowNanos, effects);
            case HubEvent.Received received -> received(received, nowNanos, effects);
            case HubEvent.Refreshed refreshed -> refreshed(refreshed, nowNanos, effects);
            case HubEvent.Rejected rejected -> rejected(rejected, nowNanos, effects);
            case HubEvent.Heard(SessionId id) -> heard(id, nowNanos, effects);
            case HubEvent.Closed(SessionId id, Departure departure) -> closed(id, departure, nowNanos, effects);
            case HubEvent.Revoked(Revocations revoked) -> revoked(revoked, nowNanos, effects);
            case HubEvent.Ordered(var ticket, var order) ->
                effects.add(new HubEffect.Answered(ticket, orders.carryOut(order, nowNanos, effects)));
            case HubEvent.TimerFired() -> timerFired(nowNanos, effects);
            case HubEvent.Drained() -> {
                draining = true;
                endings.endAll(nowNanos, effects);
            }
        }
        return effects;
    }

    /** When {@link HubEvent.TimerFired} is due; {@code Long.MAX_VALUE} if nothing waits. */
    public long nextDeadlineNanos() {
        return Math.min(deadlines.peekNanos(), orders.nextDeadlineNanos());
    }

    public int sessionCount() {
        return sessions.size();
    }

    /** The number of the last message of the client that was carried out; -1 if there is no such session. */
    public long receivedFrom(SessionId id) {
        Session session = sessions.find(id);
        return session == null ? -1 : session.received();
    }

    public int roomCount() {
        return rooms.size();
    }

    /** Members of all rooms; a session in two rooms counts twice. */
    public int memberCount() {
        return rooms.memberships();
    }

    /** Who waits to be let into a room. */
    Set<SessionId> waitingFor(RoomName name) {
        Room room = rooms.find(name);
        return room == null ? Set.of() : room.waiting().ids();
    }

    /** How many messages are kept for a session until it confirms them. */
    int keptFor(SessionId id) {
        Session session = sessions.find(id);
        return session == null ? 0 : session.outbox.size();
    }

    /** How many addresses have sessions; zero when there are none. */
    int addressCount() {
        return sessions.addressCount();
    }

    private void open(HubEvent.Opened opened, long nowNanos, List<HubEffect> effects) {
        if (draining) {
            effects.add(new Close(opened.session(), CloseReason.GOING_AWAY));
            return;
        }
        if (revocations.cover(opened.identity())) { // since it was admitted
            effects.add(new Close(opened.session(), CloseReason.DENIED));
            return;
        }
        if (!sessions.hasRoomFor(AddressPrefix.of(opened.remote()))) {
            effects.add(new Close(opened.session(), CloseReason.TRY_LATER));
            return;
        }
        Session session =
                new Session(opened.session(), opened.remote(), opened.identity(), opened.key(), limits, nowNanos);
        sessions.add(session);
        schedule(session);
        effects.add(new Greet(session.id, opened.key()));
        Renewal.tellExpiry(session, nowNanos, effects);
    }

    private void resume(HubEvent.Resumed event, long nowNanos, List<HubEffect> effects) {
        Session session = continuation.resume(event, nowNanos, effects);
        if (session != null) {
            Renewal.tellExpiry(session, nowNanos, effects);
            schedule(session);
        }
    }

    private void carry(HubEvent.Carried event, long nowNanos, List<HubEffect> effects) {
        Session session = continuation.carry(event, nowNanos, effects);
        if (session != null) {
            schedule(session);
        }
    }

    private void refreshed(HubEvent.Refreshed event, long nowNanos, List<HubEffect> effects) {
        Session session = sessions.find(event.session());
        if (session == null || !isItsTurn(session, event.stamp(), event.ref(), nowNanos, effects)) {
            return;
        }
        if (revocations.cover(event.identity())) {
            refuse(session, Refusal.DENIED, null, event.ref(), null, nowNanos, effects);
            return;
        }
        Verdict verdict = session.messages.tryTake(1, nowNanos)
                ? renewal.renew(session, event.identity(), event.ref(), nowNanos, effects)
                : new Verdict.Refused(Refusal.MESSAGE_RATE);
        schedule(session);
        if (verdict instanceof Verdict.Refused(Refusal refusal)) {
            refuse(session, refusal, null, event.ref(), null, nowNanos, effects);
        }
    }

    private void received(HubEvent.Received event, long nowNanos, List<HubEffect> effects) {
        Session session = sessions.find(event.session());
        if (session == null) {
            return; // closed by us; what was on its way is void
        }
        ClientMessage message = event.message();
        if (!isItsTurn(session, event.stamp(), message.ref(), nowNanos, effects)) {
            return;
        }
        if (message instanceof ClientMessage.Bye) {
            endings.close(session, CloseReason.BYE, Departure.LEFT, nowNanos, effects);
            return;
        }
        Verdict verdict = session.messages.tryTake(1, nowNanos)
                ? requests.carryOut(session, message, nowNanos, effects)
                : new Verdict.Refused(Refusal.MESSAGE_RATE);
        if (verdict instanceof Verdict.Refused(Refusal refusal)) {
            refuse(session, refusal, null, message.ref(), ClientRequests.roomOf(message), nowNanos, effects);
        }
        if (isThere(session) && session.isConnected() && session.owesAcknowledgement()) {
            effects.add(new HubEffect.Acknowledge(session.id, session.acknowledge()));
        }
    }

    /** Repetitions after a lost connection are expected and not carried out twice; but they are not free. */
    private boolean isItsTurn(Session session, Stamp stamp, @Nullable Ref ref, long nowNanos, List<HubEffect> effects) {
        session.lastHeardNanos = nowNanos;
        return switch (session.take(stamp)) {
            case NEXT -> true;
            case REPEATED -> {
                if (!session.messages.tryTake(1, nowNanos)) {
                    refuse(session, Refusal.MESSAGE_RATE, null, ref, null, nowNanos, effects);
                }
                yield false;
            }
            case TOO_EARLY -> {
                String detail = "seq must be " + session.nextNumber() + ", the number of your next message";
                refuse(session, Refusal.BAD_MESSAGE, detail, ref, null, nowNanos, effects);
                yield false;
            }
        };
    }

    /** Whether a session is in a room decides what is due for it; of one that is over nothing is. */
    private void schedule(Session session) {
        if (isThere(session)) {
            deadlines.schedule(session.id, clock.nextDeadlineNanos(session));
        }
    }

    /** It may have been closed by what it has just said. */
    private boolean isThere(Session session) {
        return sessions.find(session.id) == session;
    }

    private void rejected(HubEvent.Rejected rejected, long nowNanos, List<HubEffect> effects) {
        Session session = sessions.find(rejected.session());
        if (session == null || !isItsTurn(session, rejected.stamp(), rejected.ref(), nowNanos, effects)) {
            return;
        }
        if (session.messages.tryTake(1, nowNanos)) {
            refuse(session, rejected.refusal(), rejected.detail(), rejected.ref(), null, nowNanos, effects);
        } else {
            refuse(session, Refusal.MESSAGE_RATE, null, rejected.ref(), null, nowNanos, effects);
        }
    }

    private void heard(SessionId id, long nowNanos, List<HubEffect> effects) {
        Session session = sessions.find(id);
        if (session == null) {
            return;
        }
        session.lastHeardNanos = nowNanos;
        if (!session.messages.tryTake(1, nowNanos)) {
            refuse(session, Refusal.MESSAGE_RATE, null, null, null, nowNanos, effects);
        }
    }

    private void refuse(
            Session session,
            Refusal refusal,
            @Nullable String detail,
            @Nullable Ref ref,
            @Nullable RoomName room,
            long nowNanos,
            List<HubEffect> effects) {
        effects.add(new Refused(session.id, refusal));
        if (refusal.code() == ErrorCode.SLOW_DOWN && !session.warnings.tryTake(1, nowNanos)) {
            endings.close(session, CloseReason.FLOOD, Departure.CLOSED, nowNanos, effects);
            return;
        }
        Sending.send(session, new ServerMessage.Problem(refusal, detail, ref, room), effects);
    }

    private void closed(SessionId id, Departure departure, long nowNanos, List<HubEffect> effects) {
        Session session = sessions.find(id);
        if (session == null || !session.isConnected()) {
            return;
        }
        if (departure == Departure.LOST && limits.of(HubLimit.RESUME_SECONDS) > 0) {
            session.disconnected(nowNanos);
            schedule(session);
        } else {
            endings.end(session, departure, nowNanos, effects);
        }
    }

    private void roomChanged(Room room, long nowNanos) {
        orders.roomChanged(room, nowNanos);
    }

    private void timerFired(long nowNanos, List<HubEffect> effects) {
        orders.timerFired(nowNanos, effects);
        for (SessionId id = deadlines.pollDue(nowNanos); id != null; id = deadlines.pollDue(nowNanos)) {
            Session session = sessions.find(id);
            if (session == null) {
                continue;
            }
            switch (clock.tick(session, nowNanos)) {
                case NOTHING -> {}
                case PING -> effects.add(new HubEffect.Ping(session.id));
                case RENEW -> effects.add(new HubEffect.RenewIceServers(session.id));
                case SILENT -> {
                    effects.add(new Close(session.id, CloseReason.SILENT));
                    closed(session.id, Departure.LOST, nowNanos, effects);
                }
                case EXPIRED -> endings.endNow(session, CloseReason.TOKEN_EXPIRED, nowNanos, effects);
                case OVER -> endings.end(session, Departure.LOST, nowNanos, effects);
                case NO_ROOM -> endings.close(session, CloseReason.NO_ROOM, Departure.CLOSED, nowNanos, effects);
            }
            if (sessions.find(id) != null) {
                schedule(session);
            }
        }
    }

    private void revoked(Revocations revoked, long nowNanos, List<HubEffect> effects) {
        revocations = revoked;
        for (Session session : sessions.all()) {
            if (revoked.cover(session.identity())) {
                endings.endNow(session, CloseReason.DENIED, nowNanos, effects);
            }
        }
    }
}
