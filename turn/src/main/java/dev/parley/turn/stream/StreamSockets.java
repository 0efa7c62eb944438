package dev.parley.turn.stream;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.UnixChannelOption;
import java.net.InetSocketAddress;

/**
 * Opens the listening sockets for streams.
 *
 * <p>Each event loop has a listening socket of its own on the same port, and the kernel spreads the connections over
 * them ({@code SO_REUSEPORT}), as it does with datagrams: a connection is accepted on the thread that serves it, and no
 * hand-over or shared queue stands between. One acceptor that deals connections out could even out the loops better,
 * which matters for few and long connections; here there are many, and what one loop may hold is not limited.
 */
public final class StreamSockets {
    /** Connections that the kernel completes ahead of us. */
    private static final int BACKLOG = 1024;

    /** Bytes; what a client does not take waits where it can still be dropped, not in the kernel. */
    private static final int UNSENT_IN_KERNEL_BYTES = 64 << 10;

    /** Bytes; half a message that never comes to its end should not hold much. Reads grow with what comes. */
    private static final int FIRST_READ_BYTES = 512;

    private final boolean epoll;

    /**
     * Sockets of one kind.
     *
     * @param epoll whether the event loops are native; the portable ones have no SO_REUSEPORT, so there is one loop
     */
    public StreamSockets(boolean epoll) {
        this.epoll = epoll;
    }

    /**
     * Begins to bind. The socket accepts nothing before its auto-read is switched on.
     *
     * @param failures what hears of connections that cannot be accepted
     * @param connections makes the pipeline of each connection
     */
    public ChannelFuture bind(
            EventLoop loop,
            InetSocketAddress address,
            int sendQueueBytes,
            AcceptFailures failures,
            ChannelHandler connections) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop, loop)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(64, FIRST_READ_BYTES, 65_536))
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(sendQueueBytes / 2, sendQueueBytes))
                .handler(failures)
                .childHandler(connections);
        if (epoll) {
            bootstrap
                    .channel(EpollServerSocketChannel.class)
                    .option(UnixChannelOption.SO_REUSEPORT, true)
                    .childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) UNSENT_IN_KERNEL_BYTES);
        } else {
            bootstrap.channel(NioServerSocketChannel.class);
        }
        return bootstrap.bind(address);
    }

    /** Switches accepting on. */
    public static void startAccepting(Channel listening) {
        listening.config().setAutoRead(true);
    }
}
