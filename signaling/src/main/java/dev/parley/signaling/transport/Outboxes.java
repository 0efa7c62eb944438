package dev.parley.signaling.transport;

import dev.parley.signaling.core.SessionId;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of all sessions and what is to be sent to them. Collects during a batch of events, then hands
 * everything over with one task for each event loop. Hub thread only.
 */
final class Outboxes {
    private final Map<SessionId, Line> lineById = new LinkedHashMap<>();
    private final Map<EventLoop, List<Delivery>> deliveriesByLoop = new LinkedHashMap<>();
    private final List<Line> touched = new ArrayList<>();
    private List<Line> spent = new ArrayList<>();

    /** The batch of one line. */
    private record Delivery(Line line, List<Outgoing> batch) {}

    /** The line is the session's from now on; returns the one it had before, or null. */
    @Nullable
    Line attach(SessionId id, Line line) {
        line.attach(id);
        return lineById.put(id, line);
    }

    /** What was queued for it is still sent. */
    void remove(SessionId id) {
        lineById.remove(id);
    }

    @Nullable
    Line find(SessionId id) {
        return lineById.get(id);
    }

    int size() {
        return lineById.size();
    }

    /** To be sent with the next hand-over; dropped if the line is over. */
    void queue(Line line, Outgoing outgoing) {
        if (line.isOver()) {
            outgoing.release();
        } else if (line.queue(outgoing)) {
            touched.add(line);
        }
    }

    /**
     * Hands all batches over.
     *
     * @param onDelivered run by each event loop that had something to write, when it has
     * @return how many that are
     */
    int handOver(Runnable onDelivered) {
        for (Line line : touched) {
            deliveriesByLoop
                    .computeIfAbsent(line.channel().eventLoop(), loop -> new ArrayList<>())
                    .add(new Delivery(line, line.takeBatch()));
            if (line.isOneBatch()) {
                spent.add(line);
            }
        }
        touched.clear();
        int loops = deliveriesByLoop.size();
        deliveriesByLoop.forEach((loop, deliveries) -> execute(loop, deliveries, onDelivered));
        deliveriesByLoop.clear();
        return loops;
    }

    /** The lines that are over because of the last hand-over; the caller tells the hub. */
    List<Line> takeSpent() {
        List<Line> taken = spent;
        if (!taken.isEmpty()) {
            spent = new ArrayList<>();
        }
        return taken;
    }

    private static void execute(EventLoop loop, List<Delivery> deliveries, Runnable onDelivered) {
        try {
            loop.execute(() -> {
                try {
                    deliveries.forEach(delivery -> delivery.line().write(delivery.batch()));
                } finally {
                    onDelivered.run(); // or the hub would wait for it for ever
                }
            });
        } catch (RejectedExecutionException stopped) {
            deliveries.forEach(Outboxes::discard); // the event loops are shutting down, nobody is there to read it
            onDelivered.run();
        }
    }

    private static void discard(Delivery delivery) {
        delivery.batch().forEach(Outgoing::release);
    }
}
