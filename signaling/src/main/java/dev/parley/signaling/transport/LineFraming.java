package dev.parley.signaling.transport;

import dev.parley.signaling.core.CloseReason;
import io.netty.buffer.ByteBuf;

/** What a line that stays open puts on its channel for each thing the hub says. Event loop of the line only. */
interface LineFraming {
    /**
     * A message.
     *
     * @param retainedText taken over
     * @param number of the message, which is in the text too; 0 if it has none
     */
    Object text(ByteBuf retainedText, long number);

    /** A question for a sign of life, or at least one of ours. */
    Object ping();

    /** The end, with its reason. */
    Object close(CloseReason reason);

    /** Whether the client is expected to answer {@link #close} before the connection is cut. */
    boolean isCloseAnswered();
}
