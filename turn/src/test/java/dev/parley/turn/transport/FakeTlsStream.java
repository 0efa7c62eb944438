package dev.parley.turn.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A TLS client at the far end of a {@link FakeStream}. */
final class FakeTlsStream implements FakeClient.Wire {
    private final FakeStream stream;
    private final SslHandler tls;
    private final EmbeddedChannel client;
    private final ByteBuf received = Unpooled.buffer();

    FakeTlsStream(FakeStream stream, String... applicationProtocols) {
        this.stream = stream;
        EmbeddedChannel channel = new EmbeddedChannel();
        tls = TestTls.client(List.of(applicationProtocols)).newHandler(channel.alloc());
        channel.pipeline().addLast(tls);
        client = channel;
    }

    /** The handshake, as far as it comes. */
    void shakeHands() {
        pump();
    }

    boolean isSafe() {
        return tls.handshakeFuture().isSuccess();
    }

    @Nullable
    String applicationProtocol() {
        return tls.applicationProtocol();
    }

    @Override
    public void send(ByteBuf... messages) {
        client.writeOutbound((Object[]) messages);
        pump();
    }

    @Override
    public @Nullable ByteBuf receive() {
        pump();
        if (received.readableBytes() < 4) {
            return null;
        }
        int length = received.getUnsignedShort(received.readerIndex() + 2);
        boolean isStun = received.getByte(received.readerIndex()) <= 3;
        return received.readRetainedSlice(isStun ? 20 + length : 4 + (length + 3 & ~3));
    }

    private void pump() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (ByteBuf bytes = client.readOutbound(); bytes != null; bytes = client.readOutbound()) {
                moved = true;
                stream.send(bytes);
            }
            if (stream.bytesReceived() > 0) {
                moved = true;
                client.writeInbound(stream.takeBytes());
            }
            for (ByteBuf plain = client.readInbound(); plain != null; plain = client.readInbound()) {
                received.writeBytes(plain);
                plain.release();
            }
        }
    }

    void close() {
        client.finishAndReleaseAll();
    }
}
