package dev.parley.signaling.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection on which no complete request head arrives in time, counted from its beginning or from the
 * request before. Sending a byte now and then does not help. Sits behind the decoder; goes away when the connection
 * becomes a WebSocket.
 */
final class RequestDeadline extends ChannelInboundHandlerAdapter {
    private final int seconds;
    private @Nullable Future<?> timer;
    private @Nullable ChannelHandlerContext context;
    private boolean paused;

    RequestDeadline(int seconds) {
        this.seconds = seconds;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        if (ctx.channel().isActive()) {
            restart(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        restart(ctx);
        ctx.fireChannelActive();
    }

    /** The request is complete and its answer may take long: no deadline until the next {@link #rest}. */
    void pause() {
        stop();
        paused = true;
    }

    /** The request was answered. */
    void rest() {
        paused = false;
        if (context != null && context.channel().isActive()) {
            restart(context);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest && !paused) {
            restart(ctx);
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
    }

    private void restart(ChannelHandlerContext ctx) {
        stop();
        timer = ctx.executor().schedule(() -> ctx.close(), seconds, TimeUnit.SECONDS);
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
