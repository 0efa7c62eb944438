package dev.parley.signaling.core.dropin;

import dev.parley.ice.time.DeadlineQueue;
import dev.parley.signaling.core.AddressPrefix;
import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.Revocations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One drop-in endpoint: its connections, how fast each may talk and whether it is still there; the rest is its
 * protocol's.
 *
 * <p>Pure: time comes in with every call, and everything it wants done is in the list it returns. One thread. How many
 * connections there are is bounded where they are accepted.
 *
 * @param <M> the messages of its clients
 * @param <A> what its clients are told
 */
public final class DropInHub<M, A> {
    private final HubLimits limits;
    private final DropInService<M, A> service;
    private final Map<LineId, DropInLine> lineById = new LinkedHashMap<>();
    private final DeadlineQueue<LineId> deadlines = new DeadlineQueue<>();
    private Revocations revocations = Revocations.NONE;
    private boolean draining;

    public DropInHub(HubLimits limits, DropInService<M, A> service) {
        this.limits = limits;
        this.service = service;
    }

    /** Takes one event and returns all that is to be done because of it, in order. */
    public List<DropInEffect<A>> handle(DropInEvent<M> event, long nowNanos) {
        List<DropInEffect<A>> effects = new ArrayList<>(4);
        switch (event) {
            case DropInEvent.Opened<M> opened -> open(opened, nowNanos, effects);
            case DropInEvent.Received<M>(LineId id, M message) -> received(id, message, nowNanos, effects);
            case DropInEvent.Heard<M>(LineId id) -> heard(id, nowNanos, effects);
            case DropInEvent.Closed<M>(LineId id) -> closed(id, nowNanos, effects);
            case DropInEvent.Revoked<M>(Revocations revoked) -> revoked(revoked, effects);
            case DropInEvent.TimerFired<M>() -> timerFired(nowNanos, effects);
            case DropInEvent.Drained<M>() -> drain(effects);
        }
        return effects;
    }

    /** When {@link DropInEvent.TimerFired} is due; {@code Long.MAX_VALUE} if nothing waits. */
    public long nextDeadlineNanos() {
        return Math.min(deadlines.peekNanos(), service.nextDeadlineNanos());
    }

    public int lineCount() {
        return lineById.size();
    }

    private void open(DropInEvent.Opened<M> opened, long nowNanos, List<DropInEffect<A>> effects) {
        DropInLine line =
                new DropInLine(opened.line(), AddressPrefix.of(opened.remote()), opened.identity(), limits, nowNanos);
        lineById.put(line.id(), line);
        if (draining) {
            line.close(CloseReason.GOING_AWAY, effects);
        } else if (revocations.cover(opened.identity())) { // since it was admitted
            line.close(CloseReason.DENIED, effects);
        } else {
            schedule(line);
        }
    }

    private void received(LineId id, M message, long nowNanos, List<DropInEffect<A>> effects) {
        DropInLine line = lineById.get(id);
        if (line == null || line.isClosing()) {
            return;
        }
        line.lastHeardNanos = nowNanos;
        DropInRefusal refusal = line.mayTalk(nowNanos)
                ? service.received(line, message, nowNanos, effects)
                : DropInRefusal.MESSAGE_RATE;
        if (refusal != null) {
            refuse(line, refusal, nowNanos, effects);
        }
    }

    private void heard(LineId id, long nowNanos, List<DropInEffect<A>> effects) {
        DropInLine line = lineById.get(id);
        if (line == null || line.isClosing()) {
            return;
        }
        line.lastHeardNanos = nowNanos;
        if (!line.mayTalk(nowNanos)) {
            refuse(line, DropInRefusal.MESSAGE_RATE, nowNanos, effects);
        }
    }

    /** These protocols have no words for it, so whoever is too fast is not told, but closed if it goes on. */
    private void refuse(DropInLine line, DropInRefusal refusal, long nowNanos, List<DropInEffect<A>> effects) {
        effects.add(new DropInEffect.Refused<>(line.id(), refusal));
        if (refusal.isForRate() && !line.mayBeWarned(nowNanos)) {
            line.close(CloseReason.FLOOD, effects);
        }
    }

    private void closed(LineId id, long nowNanos, List<DropInEffect<A>> effects) {
        DropInLine line = lineById.remove(id);
        deadlines.cancel(id);
        if (line != null) {
            service.closed(line, nowNanos, effects);
        }
    }

    private void timerFired(long nowNanos, List<DropInEffect<A>> effects) {
        for (LineId id = deadlines.pollDue(nowNanos); id != null; id = deadlines.pollDue(nowNanos)) {
            DropInLine line = lineById.get(id);
            if (line != null && !line.isClosing()) {
                tick(line, nowNanos, effects);
            }
        }
        if (service.nextDeadlineNanos() <= nowNanos) {
            service.timerFired(nowNanos, effects);
        }
    }

    private void revoked(Revocations revoked, List<DropInEffect<A>> effects) {
        revocations = revoked;
        lineById.values().stream()
                .filter(line -> revoked.cover(line.identity()))
                .forEach(line -> line.close(CloseReason.DENIED, effects));
    }

    private void tick(DropInLine line, long nowNanos, List<DropInEffect<A>> effects) {
        if (line.expiresNanos() <= nowNanos) {
            line.close(CloseReason.TOKEN_EXPIRED, effects);
            return;
        }
        if (silentAtNanos(line) <= nowNanos) {
            line.close(CloseReason.SILENT, effects);
            return;
        }
        if (pingAtNanos(line) <= nowNanos) {
            line.lastPingNanos = nowNanos;
            effects.add(new DropInEffect.Ping<>(line.id()));
        }
        schedule(line);
    }

    private void schedule(DropInLine line) {
        long nextNanos = Math.min(line.expiresNanos(), Math.min(silentAtNanos(line), pingAtNanos(line)));
        if (nextNanos != Long.MAX_VALUE) {
            deadlines.schedule(line.id(), nextNanos);
        }
    }

    private long silentAtNanos(DropInLine line) {
        return service.usesPings() ? line.lastHeardNanos + limits.nanos(HubLimit.SILENCE_SECONDS) : Long.MAX_VALUE;
    }

    private long pingAtNanos(DropInLine line) {
        return service.usesPings()
                ? Math.max(line.lastHeardNanos, line.lastPingNanos) + limits.nanos(HubLimit.HEARTBEAT_SECONDS)
                : Long.MAX_VALUE;
    }

    private void drain(List<DropInEffect<A>> effects) {
        draining = true;
        lineById.values().forEach(line -> line.close(CloseReason.GOING_AWAY, effects));
    }
}
