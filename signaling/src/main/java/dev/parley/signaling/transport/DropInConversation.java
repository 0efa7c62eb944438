package dev.parley.signaling.transport;

import dev.parley.signaling.auth.Applicant;
import dev.parley.signaling.auth.Decision;
import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.Departure;
import dev.parley.signaling.core.Identity;
import dev.parley.signaling.core.dropin.DropInEvent;
import dev.parley.signaling.core.dropin.LineId;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a drop-in endpoint what one of its connections says, once it has been let in. Text in binary frames is
 * understood, as the stock servers
 * do.
 *
 * @param <M> the messages of the endpoint's clients
 */
final class DropInConversation<M> implements Conversation {
    /** Messages that one read of a socket may leave here; more than that is a flood. */
    private static final int HELD_MAX = 256;

    private final DropInEndpoint<M, ?> endpoint;
    private final @Nullable M first;
    private final Applicant applicant;
    private final LineId id;
    private final Line line;
    private final List<String> held = new ArrayList<>(0);
    private Stage stage = Stage.AT_THE_DOOR;

    private enum Stage {
        /** Its token is being looked at; what it says meanwhile waits. */
        AT_THE_DOOR,
        INSIDE,
        OVER
    }

    /**
     * @param first what the client said with its request for the WebSocket; null if nothing
     */
    DropInConversation(DropInEndpoint<M, ?> endpoint, @Nullable M first, Applicant applicant, Line line) {
        this.endpoint = endpoint;
        this.first = first;
        this.applicant = applicant;
        this.id = endpoint.freshLine();
        this.line = line;
    }

    @Override
    public void begin(WebSocketHandler socket) {
        EventLoop loop = line.channel().eventLoop();
        endpoint.admission().decide(applicant, decision -> {
            if (loop.inEventLoop()) {
                decided(decision);
            } else {
                loop.execute(() -> decided(decision));
            }
        });
        if (stage == Stage.AT_THE_DOOR) {
            line.pause();
        }
    }

    private void decided(Decision decision) {
        if (stage != Stage.AT_THE_DOOR) {
            return;
        }
        if (line.isPaused()) {
            line.unpause();
        }
        switch (decision) {
            case Decision.Admitted(var identity) -> enter(identity);
            case Decision.Denied(var reason) -> {
                stage = Stage.OVER;
                line.write(endpoint.denial(reason));
            }
        }
    }

    private void enter(Identity identity) {
        stage = Stage.INSIDE;
        endpoint.post(new DropInEvent.Opened<>(id, line.remote(), identity), line);
        if (first != null) {
            endpoint.post(new DropInEvent.Received<>(id, first), line);
        }
        held.forEach(text -> endpoint.received(id, text, line));
        held.clear();
    }

    @Override
    public boolean takesBinary() {
        return true;
    }

    @Override
    public void received(String text) {
        switch (stage) {
            case INSIDE -> endpoint.received(id, text, line);
            case AT_THE_DOOR -> hold(text);
            case OVER -> {}
        }
    }

    private void hold(String text) {
        if (held.size() < HELD_MAX) {
            held.add(text);
        } else {
            stage = Stage.OVER;
            line.write(List.of(new Outgoing.Close(CloseReason.FLOOD)));
        }
    }

    @Override
    public void heard() {
        if (stage == Stage.INSIDE) {
            endpoint.post(new DropInEvent.Heard<>(id), line);
        }
    }

    @Override
    public void ended(Departure how) {
        if (stage == Stage.INSIDE) {
            endpoint.post(new DropInEvent.Closed<>(id), line);
        }
        stage = Stage.OVER;
    }

    @Override
    public String name() {
        return "a connection of a drop-in endpoint";
    }
}
