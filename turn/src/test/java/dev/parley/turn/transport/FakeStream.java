package dev.parley.turn.transport;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.stream.StreamLimits;
import dev.parley.turn.stream.StreamListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One TCP connection to a {@link RelayFixture}, whose client can stop reading. */
final class FakeStream implements FakeClient.Wire {
    private final Connection channel;
    private final ByteBuf received = Unpooled.buffer();

    FakeStream(StreamListener listener, String remote) {
        channel = new Connection(TransportAddress.parse(remote).toInetSocketAddress());
        StreamLimits limits = StreamLimits.DEFAULT;
        channel.config()
                .setWriteBufferWaterMark(
                        new WriteBufferWaterMark(limits.sendQueueBytes() / 2, limits.sendQueueBytes()));
        channel.pipeline().addLast(listener);
        try {
            channel.register();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Each in a segment of its own; a closed connection takes none. */
    @Override
    public void send(ByteBuf... messages) {
        for (ByteBuf message : messages) {
            if (channel.isOpen()) {
                channel.writeInbound(message);
            } else {
                message.release();
            }
        }
    }

    void sendHex(String bytes) {
        send(channel.alloc().buffer().writeBytes(ByteBufUtil.decodeHexDump(bytes)));
    }

    void sendText(String text) {
        sendHex(ByteBufUtil.hexDump(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
    }

    /** One byte a wake-up. */
    void drip(ByteBuf message) {
        while (message.isReadable()) {
            send(message.readRetainedSlice(1).copy());
        }
        message.release();
    }

    @Override
    public @Nullable ByteBuf receive() {
        readAll();
        if (received.readableBytes() < 4) {
            return null;
        }
        int length = received.getUnsignedShort(received.readerIndex() + 2);
        boolean isStun = received.getByte(received.readerIndex()) <= 3;
        return received.readRetainedSlice(isStun ? 20 + length : 4 + (length + 3 & ~3));
    }

    /** Everything that has come and was not taken as a message. */
    List<String> frames() {
        List<String> frames = new ArrayList<>();
        for (ByteBuf frame = receive(); frame != null; frame = receive()) {
            frames.add(ByteBufUtil.hexDump(frame));
            frame.release();
        }
        return frames;
    }

    /** Everything that has come and was not taken as a message, as it came. */
    ByteBuf takeBytes() {
        readAll();
        return received.readBytes(received.readableBytes());
    }

    /** Bytes the server sent that nobody took. */
    int bytesReceived() {
        readAll();
        return received.readableBytes();
    }

    private void readAll() {
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            received.writeBytes(bytes);
            bytes.release();
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** The client's kernel takes nothing any more. */
    void stopReading() {
        channel.stuck = true;
    }

    void readAgain() {
        channel.stuck = false;
        channel.flush();
    }

    /** Bytes that the server keeps for the client. */
    long waiting() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    void close() {
        channel.close();
        channel.finishAndReleaseAll();
        readAll();
    }

    EmbeddedChannel channel() {
        return channel;
    }

    private static final class Connection extends EmbeddedChannel {
        private final SocketAddress remote;
        private boolean stuck;

        Connection(SocketAddress remote) {
            super(false, false);
            this.remote = remote;
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return remote;
        }

        @Override
        protected void doWrite(ChannelOutboundBuffer in) throws Exception {
            if (!stuck) {
                super.doWrite(in);
            }
        }
    }
}
