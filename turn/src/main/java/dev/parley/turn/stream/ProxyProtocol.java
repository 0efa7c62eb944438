package dev.parley.turn.stream;

import dev.parley.turn.loop.ConnectionEnd;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Takes the PROXY header off a connection of a configured hop, which has to begin with one. Gives way to what follows.
 */
final class ProxyProtocol extends ByteToMessageDecoder {
    private final StreamConnection connection;

    ProxyProtocol(StreamConnection connection) {
        this.connection = connection;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> messages) {
        switch (ProxyHeader.read(in)) {
            case ProxyHeader.Incomplete() -> {}
            case ProxyHeader.Malformed() -> {
                in.skipBytes(in.readableBytes());
                connection.end(ConnectionEnd.BAD_PROXY_HEADER);
            }
            case ProxyHeader.Proxied(var source, int length) -> {
                in.skipBytes(length);
                connection.announced(source);
                context.pipeline().remove(this);
            }
            case ProxyHeader.Local(int length) -> {
                in.skipBytes(length);
                connection.announced(null);
                context.pipeline().remove(this);
            }
        }
    }
}
