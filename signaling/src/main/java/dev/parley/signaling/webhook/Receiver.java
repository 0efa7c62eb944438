package dev.parley.signaling.webhook;

import dev.parley.ice.credential.Secret;
import dev.parley.ice.time.DeadlineQueue;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One service that is told: gives its {@link DeliveryQueue} a clock, and calls what is due. Everything but
 * {@link #tell} happens on its turn-taker, one thing at a time.
 */
final class Receiver {
    private static final Logger LOG = LoggerFactory.getLogger("parley.webhooks");
    private static final int OK = 200;
    private static final int REDIRECTS = 300;

    private final URI uri;
    private final List<Secret> secrets;
    private final DeliveryQueue queue;
    private final int capacity;
    private final WebhookCalls calls;
    private final WebhookCounters counters;
    private final Turns turns;
    private final InstantSource wallClock;
    private final LongSupplier nanoClock;
    /** Events that wait, those on their way to the turn-taker included. */
    private final AtomicInteger held = new AtomicInteger();

    private long wakeNanos = DeadlineQueue.NEVER;
    private boolean complaining;

    /** Runs one thing at a time, now or later. */
    interface Turns {
        void run(Runnable task);

        void after(Duration delay, Runnable task);
    }

    Receiver(
            URI uri,
            List<Secret> secrets,
            DeliveryQueue queue,
            int capacity,
            WebhookCalls calls,
            WebhookCounters counters,
            Turns turns,
            InstantSource wallClock,
            LongSupplier nanoClock) {
        this.uri = uri;
        this.secrets = List.copyOf(secrets);
        this.queue = queue;
        this.capacity = capacity;
        this.calls = calls;
        this.counters = counters;
        this.turns = turns;
        this.wallClock = wallClock;
        this.nanoClock = nanoClock;
    }

    /** Any thread; never waits. */
    void tell(RoomEvent event) {
        counters.taken();
        if (held.incrementAndGet() > capacity) {
            held.decrementAndGet();
            counters.droppedBecauseFull();
            return;
        }
        turns.run(() -> {
            queue.offer(event, nanoClock.getAsLong());
            callDue();
        });
    }

    private void callDue() {
        for (RoomEvent event : queue.due(nanoClock.getAsLong())) {
            String body = event.json();
            String signature = Signature.of(body, wallClock.instant().getEpochSecond(), secrets);
            calls.post(uri, body, signature)
                    .whenComplete((status, failure) -> turns.run(
                            () -> answered(event, failure == null && status >= OK && status < REDIRECTS, status)));
        }
        long deadlineNanos = queue.nextDeadlineNanos();
        if (deadlineNanos != DeadlineQueue.NEVER && deadlineNanos < wakeNanos) {
            wakeNanos = deadlineNanos;
            turns.after(Duration.ofNanos(Math.max(0, deadlineNanos - nanoClock.getAsLong())), this::wake);
        }
    }

    private void wake() {
        wakeNanos = DeadlineQueue.NEVER;
        callDue();
    }

    private void answered(RoomEvent event, boolean taken, Integer status) {
        long nowNanos = nanoClock.getAsLong();
        if (taken) {
            queue.taken(event, nowNanos);
            held.decrementAndGet();
            counters.delivered();
            if (complaining) {
                LOG.info("{} takes events again", uri.getHost());
            }
            complaining = false;
        } else {
            counters.attemptFailed();
            if (!complaining) {
                LOG.warn(
                        "{} does not take events ({}); they are told again later",
                        uri.getHost(),
                        status == null ? "no answer" : "status " + status);
            }
            complaining = true;
            if (queue.failed(event, nowNanos)) {
                held.decrementAndGet();
                counters.givenUp();
            }
        }
        callDue();
    }
}
