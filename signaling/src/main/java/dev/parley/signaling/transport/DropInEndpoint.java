package dev.parley.signaling.transport;

import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.dropin.DropInEvent;
import dev.parley.signaling.core.dropin.DropInHub;
import dev.parley.signaling.core.dropin.DropInService;
import dev.parley.signaling.core.dropin.LineId;
import dev.parley.signaling.dialect.DropInDialect;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * One drop-in endpoint in operation: its core, on a loop like the hub's, and its language.
 *
 * @param <M> the messages of its clients
 * @param <A> what its clients are told
 */
final class DropInEndpoint<M, A> implements BatchLoop.Desk<DropInEvent<M>> {
    private final DropInHub<M, A> hub;
    private final DropInDialect<M, A> dialect;
    private final Outboxes outboxes = new Outboxes();
    private final DropInEffects<A> effects;
    private final DropInCounters counters;
    private final BatchLoop<DropInEvent<M>> loop;
    private final AtomicLong lastLine = new AtomicLong();

    DropInEndpoint(
            HubLimits limits,
            DropInService<M, A> service,
            DropInDialect<M, A> dialect,
            DropInCounters counters,
            FaultLog faults,
            EventExecutor executor,
            LongSupplier nanoClock) {
        this.hub = new DropInHub<>(limits, service);
        this.dialect = dialect;
        this.effects = new DropInEffects<>(dialect, outboxes, counters);
        this.counters = counters;
        this.loop = new BatchLoop<>(this, outboxes, faults, executor, nanoClock);
    }

    /** Any thread: a name for a new connection. */
    LineId freshLine() {
        return new LineId(lastLine.incrementAndGet());
    }

    /** Any thread. */
    void post(DropInEvent<M> event, Line line) {
        loop.post(event, line);
    }

    /** Any thread: a message as its text. */
    void received(LineId id, String text, Line line) {
        counters.messageIn();
        post(new DropInEvent.Received<>(id, dialect.decode(text)), line);
    }

    /** Closes all connections and takes no more; any thread. */
    void drain() {
        loop.drain();
    }

    /** Any thread: the names in use. */
    List<String> listed() {
        return effects.listed();
    }

    @Override
    public long nextDeadlineNanos() {
        return hub.nextDeadlineNanos();
    }

    @Override
    public void timerFired(long nowNanos) {
        run(new DropInEvent.TimerFired<>(), nowNanos);
    }

    @Override
    public void handle(DropInEvent<M> event, Line line, long nowNanos) {
        switch (event) {
            case DropInEvent.Opened<M>(var id, var remote) -> effects.attach(id, line);
            case DropInEvent.Closed<M>(var id) -> {
                line.end();
                effects.detach(id);
            }
            default -> {}
        }
        run(event, nowNanos);
    }

    @Override
    public void giveUp(Line line, long nowNanos) {
        outboxes.queue(line, new Outgoing.Close(CloseReason.INTERNAL_ERROR));
    }

    @Override
    public void spent(Line line, long nowNanos) {
        throw new IllegalStateException("a WebSocket is never spent");
    }

    @Override
    public void drain(long nowNanos) {
        run(new DropInEvent.Drained<>(), nowNanos);
    }

    @Override
    public void batchDone() {
        counters.holds(hub.lineCount());
    }

    private void run(DropInEvent<M> event, long nowNanos) {
        hub.handle(event, nowNanos).forEach(effects::run);
    }
}
