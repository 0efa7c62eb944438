package dev.parley.signaling.transport;

import dev.parley.signaling.auth.Admission;
import dev.parley.signaling.auth.DenyReason;
import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.Revocations;
import dev.parley.signaling.core.dropin.DropInEvent;
import dev.parley.signaling.core.dropin.DropInHub;
import dev.parley.signaling.core.dropin.DropInService;
import dev.parley.signaling.core.dropin.LineId;
import dev.parley.signaling.dialect.DropInDialect;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
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
    private final Admission admission;
    private final Consumer<DenyReason> denials;
    private final BatchLoop<DropInEvent<M>> loop;
    private final AtomicLong lastLine = new AtomicLong();

    DropInEndpoint(
            HubLimits limits,
            DropInService<M, A> service,
            DropInDialect<M, A> dialect,
            DropInCounters counters,
            Admission admission,
            Consumer<DenyReason> denials,
            FaultLog faults,
            EventExecutor executor,
            LongSupplier nanoClock) {
        this.hub = new DropInHub<>(limits, service);
        this.dialect = dialect;
        this.effects = new DropInEffects<>(dialect, outboxes, counters);
        this.counters = counters;
        this.admission = admission;
        this.denials = denials;
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

    /** Who decides who may come in; any thread. */
    Admission admission() {
        return admission;
    }

    /** Any thread: what somebody gets who may not; the caller owns it. */
    List<Outgoing> denial(DenyReason reason) {
        denials.accept(reason);
        A words = dialect.denial();
        if (reason.isTemporary() || words == null) {
            return List.of(new Outgoing.Close(reason.isTemporary() ? CloseReason.TRY_LATER : CloseReason.DENIED));
        }
        byte[] text = dialect.encode(words).getBytes(StandardCharsets.UTF_8);
        return List.of(
                new Outgoing.Text(Unpooled.wrappedBuffer(text), 0), new Outgoing.Close(CloseReason.PEER_REFUSED));
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

    /** These tokens count no more; any thread. */
    void revoke(Revocations revocations) {
        loop.post("revocation", nowNanos -> run(new DropInEvent.Revoked<>(revocations), nowNanos));
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
            case DropInEvent.Opened<M>(var id, var remote, var identity) -> effects.attach(id, line);
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
