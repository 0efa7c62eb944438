package dev.parley.turn.stream;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.loop.SparseLog;
import dev.parley.turn.loop.TurnCounters;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/**
 * Survives connections that cannot be accepted, which is when file descriptors run out: counts, logs sparsely, and lets
 * the queue of the kernel wait a while, since asking again at once would only spin.
 */
public final class AcceptFailures extends ChannelInboundHandlerAdapter {
    /** How long nothing is accepted then. */
    static final long PAUSE_MILLIS = 200;

    private final TransportAddress local;
    private final TurnCounters counters;
    private final SparseLog log;

    /**
     * For one listening socket.
     *
     * @param local its address, for the log
     */
    public AcceptFailures(TransportAddress local, TurnCounters counters, SparseLog log) {
        this.local = local;
        this.counters = counters;
        this.log = log;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        counters.acceptFailed();
        log.warn(SparseLog.Topic.ACCEPT, local, cause);
        ChannelConfig config = context.channel().config();
        if (config.isAutoRead()) {
            config.setAutoRead(false);
            context.executor().schedule(() -> config.setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
