package dev.parley.turn.stream;

import dev.parley.turn.loop.ConnectionEnd;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts a stream into STUN and ChannelData messages, padding included. Holds no more than the bytes that have come: a
 * declared length only decides when to stop waiting, or to close at once if it is over the limit.
 */
final class StreamFraming extends ByteToMessageDecoder {
    private final StreamConnection connection;

    StreamFraming(StreamConnection connection) {
        this.connection = connection;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> messages) {
        int length = FrameLength.of(in);
        if (connection.hasEnded()) {
            in.skipBytes(in.readableBytes());
        } else if (length == FrameLength.BAD) {
            in.skipBytes(in.readableBytes());
            connection.end(ConnectionEnd.BAD_FRAME);
        } else if (length > connection.frameLimit()) {
            in.skipBytes(in.readableBytes());
            connection.end(ConnectionEnd.FRAME_TOO_LONG);
        } else if (length != FrameLength.UNKNOWN && in.readableBytes() >= length) {
            messages.add(in.readRetainedSlice(length));
        }
    }

    /** What is left when the stream ends is part of a message, and worth nothing. */
    @Override
    protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> messages) {
        in.skipBytes(in.readableBytes());
    }
}
