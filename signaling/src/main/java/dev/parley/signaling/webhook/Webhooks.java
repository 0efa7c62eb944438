package dev.parley.signaling.webhook;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** All services that are told, with the thread they take turns on. Any thread. */
public final class Webhooks implements AutoCloseable {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final WebhookCounters counters = new WebhookCounters();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("webhooks").factory());
    private final List<Receiver> receivers = new ArrayList<>();
    private final HttpWebhookCalls calls;

    /** Tells nobody anything before the first event. */
    public Webhooks(WebhookSettings settings) {
        calls = new HttpWebhookCalls(settings.timeout());
        for (URI uri : settings.uris()) {
            DeliveryQueue queue = new DeliveryQueue(
                    settings.capacity(), settings.concurrency(), settings.backOff(), new SecureRandom());
            receivers.add(new Receiver(
                    uri,
                    settings.secrets(),
                    queue,
                    settings.capacity(),
                    calls,
                    counters,
                    new ThreadTurns(thread),
                    InstantSource.system(),
                    System::nanoTime));
        }
    }

    /** What happens is told from now on; the feed is for the hub's thread. */
    public RoomEvents feed() {
        return new RoomEvents(event -> receivers.forEach(receiver -> receiver.tell(event)), InstantSource.system());
    }

    public WebhookCounters counters() {
        return counters;
    }

    /** Waits until everything is told, at most this long. */
    public void drain(Duration atMost) {
        long endNanos = System.nanoTime() + atMost.toNanos();
        while (counters.pending() > 0 && System.nanoTime() - endNanos < 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        calls.close();
    }

    private record ThreadTurns(ScheduledExecutorService thread) implements Receiver.Turns {
        @Override
        public void run(Runnable task) {
            try {
                thread.execute(task);
            } catch (RejectedExecutionException closed) {
                // The server ends; what has not been told is lost.
            }
        }

        @Override
        public void after(Duration delay, Runnable task) {
            thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
