package dev.parley.turn.stream;

import dev.parley.ice.stun.Demultiplexer;
import dev.parley.turn.core.ClientTransport;
import dev.parley.turn.loop.ConnectionEnd;
import dev.parley.turn.tls.TlsContexts;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides by the first byte what a stream carries: STUN, or TLS with STUN inside. Everything else, such as HTTP, SSH
 * or RDP, is closed without a byte sent. Gives way to the handlers of what it found.
 */
final class StreamOpening extends ByteToMessageDecoder {
    private final StreamConnection connection;
    private final ClientTransport plain;
    private final @Nullable TlsContexts tls;

    /**
     * For the outside of a connection, or the inside of its TLS.
     *
     * @param plain what it is if STUN comes: TCP outside, TLS inside
     * @param tls for TLS that comes; null where it would be none
     */
    StreamOpening(StreamConnection connection, ClientTransport plain, @Nullable TlsContexts tls) {
        this.connection = connection;
        this.plain = plain;
        this.tls = tls;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> messages) {
        if (connection.hasEnded()) {
            in.skipBytes(in.readableBytes());
            return;
        }
        switch (Demultiplexer.streamKind(in)) {
            case STUN -> becomeStun(context);
            case TLS -> becomeTls(context, in);
            case CHANNEL_DATA, DTLS, HTTP, UNKNOWN -> refuse(in);
        }
    }

    private void becomeStun(ChannelHandlerContext context) {
        connection.begin(plain);
        context.pipeline().addAfter(context.name(), "framing", new StreamFraming(connection));
        context.pipeline().remove(this);
    }

    private void becomeTls(ChannelHandlerContext context, ByteBuf in) {
        if (tls == null) {
            refuse(in);
            return;
        }
        ChannelPipeline pipeline = context.pipeline();
        pipeline.addAfter(context.name(), "tls", new ProtocolGate(connection, () -> handlerOf(tls, context)));
        pipeline.addAfter("tls", "inside", new StreamOpening(connection, ClientTransport.TLS, null));
        pipeline.remove(this);
    }

    private static SslHandler handlerOf(TlsContexts tls, ChannelHandlerContext context) {
        SslHandler handler = tls.current().newHandler(context.alloc());
        handler.setHandshakeTimeoutMillis(0); // the connection has one deadline for everything before its first byte
        handler.setWrapDataSize(0); // a record for each buffer, as the writer keeps them apart
        return handler;
    }

    private void refuse(ByteBuf in) {
        in.skipBytes(in.readableBytes());
        connection.end(ConnectionEnd.NOT_STUN);
    }
}
