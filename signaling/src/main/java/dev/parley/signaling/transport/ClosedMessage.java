package dev.parley.signaling.transport;

import dev.parley.signaling.core.CloseReason;

/** What a WebSocket says in its close frame, as a message: the last one of a line that has no such frames. */
final class ClosedMessage {
    private ClosedMessage() {}

    static String textOf(CloseReason reason) {
        return "{\"type\":\"closed\",\"code\":" + reason.code() + ",\"reason\":\"" + ReconnectHint.textOf(reason)
                + "\"}";
    }
}
