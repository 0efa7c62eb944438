package dev.parley.turn.loop;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/**
 * One of two connections that carry each other's bytes (RFC 6062 section 5.4). Nothing is dropped: while the other one
 * takes no more, this one is not read. When this one ends, the other gets what is on its way, and ends too.
 */
final class JoinedStream extends ChannelInboundHandlerAdapter {
    /** How long the other side may take for the last bytes. */
    private static final long LINGER_SECONDS = 30;

    private final Channel other;
    private final TurnLoop loop;

    JoinedStream(Channel other, TurnLoop loop) {
        this.other = other;
        this.loop = loop;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        other.write(bytes, other.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        other.flush();
        if (!other.isWritable()) {
            context.channel().config().setAutoRead(false);
        }
        loop.endTurn();
    }

    /** This side takes bytes again, or no more. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            other.config().setAutoRead(true);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        loop.eventLoop().schedule(() -> other.close(), LINGER_SECONDS, TimeUnit.SECONDS);
        context.fireChannelInactive();
        loop.endTurn();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
