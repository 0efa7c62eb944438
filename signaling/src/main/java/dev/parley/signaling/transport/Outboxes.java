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
 * The connections of all sessions and what is to be sent to them. Collects during a batch of events, then hands
 * everything over with one task for each event loop. Hub thread only.
 */
final class Outboxes {
    private final Map<SessionId, Connection> connectionById = new LinkedHashMap<>();
    private final Map<EventLoop, List<Delivery>> deliveriesByLoop = new LinkedHashMap<>();
    private final List<Connection> touched = new ArrayList<>();

    /** The batch of one connection. */
    private record Delivery(Connection connection, List<Outgoing> batch) {}

    /** The connection is the session's from now on; returns the one it had before, or null. */
    @Nullable
    Connection attach(SessionId id, Connection connection) {
        connection.attach(id);
        return connectionById.put(id, connection);
    }

    /** What was queued for it is still sent. */
    void remove(SessionId id) {
        connectionById.remove(id);
    }

    @Nullable
    Connection find(SessionId id) {
        return connectionById.get(id);
    }

    int size() {
        return connectionById.size();
    }

    void queue(Connection connection, Outgoing outgoing) {
        if (connection.queue(outgoing)) {
            touched.add(connection);
        }
    }

    /**
     * Hands all batches over.
     *
     * @param onDelivered run by each event loop that had something to write, when it has
     * @return how many that are
     */
    int handOver(Runnable onDelivered) {
        for (Connection connection : touched) {
            deliveriesByLoop
                    .computeIfAbsent(connection.channel().eventLoop(), loop -> new ArrayList<>())
                    .add(new Delivery(connection, connection.takeBatch()));
        }
        touched.clear();
        int loops = deliveriesByLoop.size();
        deliveriesByLoop.forEach((loop, deliveries) -> execute(loop, deliveries, onDelivered));
        deliveriesByLoop.clear();
        return loops;
    }

    private static void execute(EventLoop loop, List<Delivery> deliveries, Runnable onDelivered) {
        try {
            loop.execute(() -> {
                deliveries.forEach(delivery -> delivery.connection().write(delivery.batch()));
                onDelivered.run();
            });
        } catch (RejectedExecutionException stopped) {
            deliveries.forEach(Outboxes::discard); // the event loops are shutting down, nobody is there to read it
            onDelivered.run();
        }
    }

    private static void discard(Delivery delivery) {
        for (Outgoing outgoing : delivery.batch()) {
            if (outgoing instanceof Outgoing.Text(var retainedText)) {
                retainedText.release();
            }
        }
    }
}
