package dev.parley.signaling.transport;

import dev.parley.signaling.api.RoomService;
import dev.parley.signaling.core.Departure;
import dev.parley.signaling.core.Hub;
import dev.parley.signaling.core.HubEvent;
import dev.parley.signaling.core.Revocations;
import dev.parley.signaling.core.RoomAnswer;
import dev.parley.signaling.core.RoomOrder;
import io.netty.util.concurrent.EventExecutor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The loop of the hub. */
final class HubLoop implements HubInbox, RoomService, BatchLoop.Desk<LineEvent> {
    private final Hub hub;
    private final Reception reception;
    private final HubCounters counters;
    private final BatchLoop<LineEvent> loop;

    HubLoop(
            Hub hub,
            Outboxes outboxes,
            Reception reception,
            HubCounters counters,
            FaultLog faults,
            EventExecutor executor,
            LongSupplier nanoClock) {
        this.hub = hub;
        this.reception = reception;
        this.counters = counters;
        this.loop = new BatchLoop<>(this, outboxes, faults, executor, nanoClock);
        reception.answerTo(this);
    }

    @Override
    public void post(LineEvent event, Line line) {
        loop.post(event, line);
    }

    @Override
    public void order(RoomOrder order, Consumer<RoomAnswer> answer) {
        loop.post("order", nowNanos -> reception.order(order, answer, nowNanos));
    }

    /** Closes all sessions and takes no more; any thread. */
    void drain() {
        loop.drain();
    }

    /** These tokens count no more; any thread. */
    void revoke(Revocations revocations) {
        loop.post("revocation", nowNanos -> reception.run(new HubEvent.Revoked(revocations), nowNanos));
    }

    @Override
    public long nextDeadlineNanos() {
        return hub.nextDeadlineNanos();
    }

    @Override
    public void timerFired(long nowNanos) {
        reception.run(new HubEvent.TimerFired(), nowNanos);
    }

    @Override
    public void handle(LineEvent event, Line line, long nowNanos) {
        reception.handle(event, line, nowNanos);
    }

    @Override
    public void giveUp(Line line, long nowNanos) {
        reception.giveUp(line, nowNanos);
    }

    @Override
    public void spent(Line line, long nowNanos) {
        reception.handle(new LineEvent.Closed(Departure.LOST), line, nowNanos);
    }

    @Override
    public void drain(long nowNanos) {
        reception.run(new HubEvent.Drained(), nowNanos);
    }

    @Override
    public void batchDone() {
        counters.holds(hub.sessionCount(), hub.roomCount(), hub.memberCount());
    }
}
