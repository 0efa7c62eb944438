package dev.parley.turn.loop;

import dev.parley.turn.core.TurnEffect;
import dev.parley.turn.core.TurnEvent;
import dev.parley.turn.core.TurnServer;
import dev.parley.turn.socket.FlushQueue;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One event loop of the relay: its core, its clock, its one timer. Everything here happens on the loop's thread, except
 * {@link #post}.
 *
 * <p>A <em>turn</em> is what the loop does in one piece: the datagrams of a wake-up, a timer, a posted event. Within a
 * turn time stands still, and what it sends is flushed at its end.
 */
public final class TurnLoop {
    private final EventLoop eventLoop;
    private final TurnServer core;
    private final LongSupplier nanoClock;
    private final FlushQueue flushQueue;
    private final LastCatch lastCatch;
    private final ArrayDeque<TurnEvent> deferredEvents = new ArrayDeque<>();
    private final Runnable endTurn = this::endScheduledTurn;

    private @Nullable TurnEffects effects;
    private boolean stopped;
    private boolean handling;
    private boolean turnBegun;
    private boolean endScheduled;
    private long turnNanos;
    private long armedNanos = Long.MAX_VALUE;
    private @Nullable Future<?> timer;

    /**
     * For one event loop.
     *
     * @param nanoClock monotonic, starting near 0
     */
    public TurnLoop(
            EventLoop eventLoop, TurnServer core, LongSupplier nanoClock, FlushQueue flushQueue, LastCatch lastCatch) {
        this.eventLoop = eventLoop;
        this.core = core;
        this.nanoClock = nanoClock;
        this.flushQueue = flushQueue;
        this.lastCatch = lastCatch;
    }

    /** Before anything else. */
    public void runEffectsWith(TurnEffects runner) {
        effects = runner;
    }

    public EventLoop eventLoop() {
        return eventLoop;
    }

    public TurnServer core() {
        return core;
    }

    /** The time of the present turn. */
    public long nowNanos() {
        if (!turnBegun) {
            turnBegun = true;
            turnNanos = nanoClock.getAsLong();
        }
        return turnNanos;
    }

    /** Ends the present turn: sends what it gathered. */
    public void endTurn() {
        flushQueue.flushAll();
        turnBegun = false;
    }

    /** Ends the turn after the tasks that already wait, so that several of them share a flush. */
    public void endTurnSoon() {
        if (!endScheduled) {
            endScheduled = true;
            eventLoop.execute(endTurn);
        }
    }

    private void endScheduledTurn() {
        endScheduled = false;
        endTurn();
    }

    /** From any thread: an event as a turn of its own. */
    public void post(TurnEvent event) {
        eventLoop.execute(() -> {
            handle(event);
            endTurn();
        });
    }

    /**
     * Gives an event to the core and runs the effects. An effect that causes an event at once, such as a socket that
     * opens without waiting, has it handled after all effects of the first.
     */
    public void handle(TurnEvent event) {
        if (stopped) {
            return;
        }
        if (handling) {
            deferredEvents.add(event);
            return;
        }
        handling = true;
        try {
            run(event);
            for (TurnEvent next = deferredEvents.poll(); next != null; next = deferredEvents.poll()) {
                run(next);
            }
        } catch (RuntimeException bug) {
            lastCatch.failed(null, bug);
        } finally {
            handling = false;
        }
        rearm();
    }

    private void run(TurnEvent event) {
        TurnEffects runner = effects;
        if (runner == null) {
            throw new IllegalStateException("an event before the loop was wired");
        }
        for (TurnEffect effect : core.handle(event, nowNanos())) {
            runner.run(effect);
        }
    }

    /** One timer: it is never later than the next deadline, and if it comes early it is set again. */
    private void rearm() {
        long deadlineNanos = core.nextDeadlineNanos();
        if (deadlineNanos >= armedNanos) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        armedNanos = deadlineNanos;
        long delayNanos = Math.max(0, deadlineNanos - nanoClock.getAsLong());
        timer = eventLoop.schedule(this::timerFired, delayNanos, TimeUnit.NANOSECONDS);
    }

    private void timerFired() {
        timer = null;
        armedNanos = Long.MAX_VALUE;
        if (core.nextDeadlineNanos() <= nowNanos()) {
            handle(new TurnEvent.TimerFired());
        } else {
            rearm();
        }
        endTurn();
    }

    /** Before the loop ends. */
    public void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
