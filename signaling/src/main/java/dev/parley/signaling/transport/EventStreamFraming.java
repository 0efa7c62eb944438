package dev.parley.signaling.transport;

import dev.parley.signaling.core.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.util.ByteProcessor;

/**
 * One server-sent event for each message, one comment for a sign of life.
 *
 * <pre>
 *   id: 42                       the number of the message, if it has one
 *   data: {"seq":42,...}
 *                                an empty line ends the event
 * </pre>
 */
enum EventStreamFraming implements LineFraming {
    INSTANCE;

    /** Longer than the lines around a message ever are. */
    private static final int MAX_ENVELOPE = 48;

    @Override
    public Object text(ByteBuf retainedText, long number) {
        ByteBuf event = ByteBufAllocator.DEFAULT.buffer(retainedText.readableBytes() + MAX_ENVELOPE);
        try {
            ByteBufUtil.writeAscii(event, number == 0 ? "data: " : "id: " + number + "\ndata: ");
            appendOneLine(event, retainedText);
            ByteBufUtil.writeAscii(event, "\n\n");
            return new DefaultHttpContent(event);
        } finally {
            retainedText.release();
        }
    }

    /** Line ends stand between the tokens of JSON only, where a space means the same; in an event they end a field. */
    private static void appendOneLine(ByteBuf event, ByteBuf json) {
        int start = event.writerIndex();
        event.writeBytes(json, json.readerIndex(), json.readableBytes());
        for (int at = nextLineEnd(event, start); at >= 0; at = nextLineEnd(event, at + 1)) {
            event.setByte(at, ' ');
        }
    }

    private static int nextLineEnd(ByteBuf event, int from) {
        return event.forEachByte(from, event.writerIndex() - from, ByteProcessor.FIND_CRLF);
    }

    @Override
    public Object ping() {
        return new DefaultHttpContent(ByteBufUtil.writeAscii(ByteBufAllocator.DEFAULT, ":\n\n"));
    }

    @Override
    public Object close(CloseReason reason) {
        String event = "event: closed\ndata: " + ClosedMessage.textOf(reason) + "\n\n";
        return new DefaultHttpContent(ByteBufUtil.writeAscii(ByteBufAllocator.DEFAULT, event));
    }

    @Override
    public boolean isCloseAnswered() {
        return false;
    }
}
