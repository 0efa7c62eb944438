package dev.parley.turn.stream;

import dev.parley.turn.socket.FlushQueue;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what one connection sends during a turn of its event loop, so that many small messages leave with one system
 * call. One per connection, used on its event loop only; whoever adds gives its reference away.
 *
 * <p>Messages are copied behind one another: they are small and warm in the cache, and a buffer that waits for a slow
 * client then holds its own bytes and not the receive buffer that they are a part of.
 */
final class StreamWriter implements FlushQueue.Gathering {
    /** Bytes written in one piece. */
    private static final int CHUNK_BYTES = 16 << 10;

    private final Channel channel;
    private final FlushQueue queue;
    private @Nullable ByteBuf gathered;
    private boolean apart;
    private boolean queued;

    StreamWriter(Channel channel, FlushQueue queue) {
        this.channel = channel;
        this.queue = queue;
    }

    /**
     * From now on each message is a buffer of its own, and so a TLS record of its own: clients exist that take what one
     * read from their TLS library gives them for one message, and lose what shares its record (turnutils_uclient 4.6).
     */
    void keepApart() {
        apart = true;
    }

    /** Bytes that wait beyond what the channel may hold, those gathered included. */
    long bytesOver() {
        ByteBuf waiting = gathered;
        return channel.bytesBeforeWritable() + (waiting == null ? 0 : waiting.readableBytes());
    }

    /** Whether the channel takes more without making its queue longer than its mark. */
    boolean isWritable() {
        ByteBuf waiting = gathered;
        return channel.isWritable() && (waiting == null || waiting.readableBytes() < channel.bytesBeforeUnwritable());
    }

    /** A message as it is. */
    void add(ByteBuf message) {
        room(message.readableBytes()).writeBytes(message, message.readerIndex(), message.readableBytes());
        message.release();
    }

    /** ChannelData: header, payload, and the padding to 4 that streams have (RFC 8656 section 12.5). */
    void add(int header, ByteBuf payload) {
        int length = payload.readableBytes();
        int padded = FrameLength.padded(length);
        room(Integer.BYTES + padded)
                .writeInt(header)
                .writeBytes(payload, payload.readerIndex(), length)
                .writeZero(padded - length);
        payload.release();
    }

    @Override
    public void flush() {
        queued = false;
        ByteBuf full = gathered;
        gathered = null;
        if (full != null) {
            channel.write(full, channel.voidPromise());
            channel.flush();
        }
    }

    /** Forgets what was gathered; the connection is closed. */
    void discard() {
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
    }

    private ByteBuf room(int bytes) {
        if (!queued) {
            queued = true;
            queue.enqueue(this);
        }
        ByteBuf target = gathered;
        if (target != null && (apart || target.readableBytes() + bytes > CHUNK_BYTES)) {
            channel.write(target, channel.voidPromise());
            target = null;
        }
        if (target == null) {
            target = channel.alloc().directBuffer(bytes);
            gathered = target;
        }
        return target;
    }
}
