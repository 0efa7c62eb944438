package dev.parley.signaling.transport;

import dev.parley.signaling.core.Departure;
import dev.parley.signaling.core.dropin.DropInEvent;
import dev.parley.signaling.core.dropin.LineId;
import org.jspecify.annotations.Nullable;

/**
 * Tells a drop-in endpoint what one of its connections says. Text in binary frames is understood, as the stock servers
 * do.
 *
 * @param <M> the messages of the endpoint's clients
 */
final class DropInConversation<M> implements Conversation {
    private final DropInEndpoint<M, ?> endpoint;
    private final @Nullable M first;
    private final LineId id;
    private final Line line;

    /**
     * @param first what the client said with its request for the WebSocket; null if nothing
     */
    DropInConversation(DropInEndpoint<M, ?> endpoint, @Nullable M first, Line line) {
        this.endpoint = endpoint;
        this.first = first;
        this.id = endpoint.freshLine();
        this.line = line;
    }

    @Override
    public void begin(WebSocketHandler socket) {
        endpoint.post(new DropInEvent.Opened<>(id, line.remote()), line);
        if (first != null) {
            endpoint.post(new DropInEvent.Received<>(id, first), line);
        }
    }

    @Override
    public boolean takesBinary() {
        return true;
    }

    @Override
    public void received(String text) {
        endpoint.received(id, text, line);
    }

    @Override
    public void heard() {
        endpoint.post(new DropInEvent.Heard<>(id), line);
    }

    @Override
    public void ended(Departure how) {
        endpoint.post(new DropInEvent.Closed<>(id), line);
    }

    @Override
    public String name() {
        return "a connection of a drop-in endpoint";
    }
}
