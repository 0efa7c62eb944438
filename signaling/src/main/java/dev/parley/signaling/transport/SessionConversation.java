package dev.parley.signaling.transport;

import dev.parley.signaling.auth.BearerToken;
import dev.parley.signaling.core.ClientMessage;
import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.Departure;
import dev.parley.signaling.core.Ref;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.dialect.DecodeResult;
import dev.parley.signaling.dialect.Dialect;
import org.jspecify.annotations.Nullable;

/** Tells the hub what one connection of a session says. */
final class SessionConversation implements Conversation {
    private final @Nullable String origin;
    private final FreshIds ids;
    private final HubInbox hub;
    private final int helloSeconds;
    private final HubCounters counters;
    private final Dialect dialect;
    private final Line line;

    /**
     * @param origin the page that it comes from; null if it said none
     * @param helloSeconds how long it has until it says what session it is
     */
    SessionConversation(
            @Nullable String origin, FreshIds ids, HubInbox hub, int helloSeconds, HubCounters counters, Line line) {
        this.origin = origin;
        this.ids = ids;
        this.hub = hub;
        this.helloSeconds = helloSeconds;
        this.counters = counters;
        this.dialect = line.dialect();
        this.line = line;
    }

    @Override
    public void begin(WebSocketHandler socket) {
        socket.after(helloSeconds, () -> {
            if (line.session() == null && !line.isPaused()) {
                socket.close(CloseReason.NO_HELLO);
            }
        });
    }

    @Override
    public boolean takesBinary() {
        return false;
    }

    @Override
    public void received(String text) {
        counters.messageIn();
        hub.post(
                switch (dialect.decode(text)) {
                    case DecodeResult.Hello(var token, var room, var ref) -> hello(token, room, ref);
                    case DecodeResult.Refresh(var stamp, var token, var room, var ref) ->
                        new LineEvent.Refresh(stamp, token, room, origin, ref);
                    case DecodeResult.Resume(var key, var received, var ref) ->
                        new LineEvent.Resume(key, received, ids.keyOf(key.session()), ref);
                    case DecodeResult.Bye(var stamp, var key, var ref) ->
                        new LineEvent.Message(stamp, new ClientMessage.Bye(ref));
                    case DecodeResult.Understood(var stamp, var message) -> new LineEvent.Message(stamp, message);
                    case DecodeResult.NotUnderstood(var stamp, var refusal, var detail, var ref) ->
                        new LineEvent.BadMessage(stamp, refusal, detail, ref);
                },
                line);
    }

    private LineEvent hello(@Nullable BearerToken token, @Nullable RoomName room, @Nullable Ref ref) {
        SessionId id = ids.session();
        return new LineEvent.Hello(id, ids.keyOf(id), token, room, origin, ref);
    }

    @Override
    public void heard() {
        hub.post(new LineEvent.Heard(), line);
    }

    @Override
    public void ended(Departure how) {
        hub.post(new LineEvent.Closed(how), line);
    }

    @Override
    public String name() {
        SessionId session = line.session();
        return "session " + (session == null ? "to be" : session.value());
    }
}
