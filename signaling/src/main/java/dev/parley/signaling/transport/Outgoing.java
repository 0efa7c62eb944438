package dev.parley.signaling.transport;

import dev.parley.signaling.core.CloseReason;
import io.netty.buffer.ByteBuf;

/** Something on its way from the hub's thread to a line's event loop. */
sealed interface Outgoing {
    /** Lets go of it unsent. */
    default void release() {}

    /**
     * A text message; whoever takes it owns the reference to the buffer.
     *
     * @param number of the message, which its text has too where the dialect has numbers; 0 if it has none
     */
    record Text(ByteBuf retainedText, long number) implements Outgoing {
        @Override
        public void release() {
            retainedText.release();
        }
    }

    /** The answer to a request whose key is that of no session; other lines never get it. */
    record UnknownSession() implements Outgoing {}

    /** A sign of life, which asks for one where that can be. */
    record Ping() implements Outgoing {}

    /** The end, and nothing after it. */
    record Close(CloseReason reason) implements Outgoing {}
}
