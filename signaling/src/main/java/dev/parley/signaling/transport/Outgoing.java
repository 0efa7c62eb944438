package dev.parley.signaling.transport;

import dev.parley.signaling.core.CloseReason;
import io.netty.buffer.ByteBuf;

/** Something on its way from the hub's thread to a connection's event loop. */
sealed interface Outgoing {

    /** A text message; whoever takes it owns the reference to the buffer. */
    record Text(ByteBuf retainedText) implements Outgoing {}

    /** A WebSocket ping. */
    record Ping() implements Outgoing {}

    /** The end: a close frame, and nothing after it. */
    record Close(CloseReason reason) implements Outgoing {}
}
