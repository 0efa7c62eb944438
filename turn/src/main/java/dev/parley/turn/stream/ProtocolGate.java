package dev.parley.turn.stream;

import dev.parley.turn.loop.ConnectionEnd;
import dev.parley.turn.tls.OfferedProtocols;
import dev.parley.turn.tls.TlsPolicy;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.ssl.SslClientHelloHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ClientHello before TLS does: a client that offers application protocols and none of ours gets the alert of
 * RFC 7301 section 3.2, which BoringSSL cannot be made to send. Everybody else gets the TLS handler in its place.
 */
final class ProtocolGate extends SslClientHelloHandler<Boolean> {
    /** Bytes; a ClientHello has hundreds, with post-quantum keys two thousand. */
    private static final int HELLO_BYTES_MAX = 16 << 10;

    /** A record of one fatal alert, no_application_protocol. */
    private static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 120};

    private final StreamConnection connection;
    private final Supplier<SslHandler> tls;

    /** @param tls makes the handler, which has memory of the library's, once there is a ClientHello for it */
    ProtocolGate(StreamConnection connection, Supplier<SslHandler> tls) {
        super(HELLO_BYTES_MAX);
        this.connection = connection;
        this.tls = tls;
    }

    @Override
    protected Future<Boolean> lookup(ChannelHandlerContext context, @Nullable ByteBuf clientHello) {
        boolean admitted = clientHello == null || OfferedProtocols.agree(clientHello, TlsPolicy.TURN_PROTOCOLS);
        return context.executor().newSucceededFuture(admitted);
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext context, Future<Boolean> admitted) {
        if (admitted.getNow()) {
            context.pipeline().replace(this, "tls", tls.get());
        } else {
            context.writeAndFlush(Unpooled.wrappedBuffer(ALERT));
            connection.end(ConnectionEnd.NO_APPLICATION_PROTOCOL);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof TooLongFrameException) {
            connection.end(ConnectionEnd.TLS_FAILED);
        } else {
            context.fireExceptionCaught(cause);
        }
    }
}
