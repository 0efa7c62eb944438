package dev.parley.signaling.transport;

import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.HubLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/**
 * The body of an answer: a JSON array of messages, no more of them than may wait for one client. What is left out is
 * numbered, and the client gets it with its next request.
 */
final class MessageArray {
    private final HubLimits limits;
    private final HubCounters counters;
    private final ByteBuf body = ByteBufAllocator.DEFAULT.buffer().writeByte('[');
    private int messages;
    private boolean full;
    private boolean last;

    MessageArray(HubLimits limits, HubCounters counters) {
        this.limits = limits;
        this.counters = counters;
    }

    /** Takes it over. */
    void add(Outgoing outgoing) {
        full |= SocketWriter.isOverCap(body.readableBytes(), messages, limits);
        if (full || last) {
            outgoing.release();
            return;
        }
        switch (outgoing) {
            case Outgoing.Text(var retainedText, var number) -> {
                separate();
                body.writeBytes(retainedText);
                retainedText.release();
            }
            case Outgoing.Close(CloseReason reason) -> {
                separate();
                last = true;
                counters.closed(reason);
                ByteBufUtil.writeAscii(body, ClosedMessage.textOf(reason));
            }
            case Outgoing.Ping _, Outgoing.UnknownSession _ -> {}
        }
    }

    private void separate() {
        if (messages > 0) {
            body.writeByte(',');
        }
        messages++;
    }

    /** Whether the session ends, or at least this way of carrying it. */
    boolean isLast() {
        return last;
    }

    /** The whole; the caller releases it. */
    ByteBuf finish() {
        return body.writeByte(']');
    }
}
