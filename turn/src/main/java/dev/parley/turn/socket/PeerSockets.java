package dev.parley.turn.socket;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.time.Duration;

/**
 * TCP sockets that listen at an address and connect from the same one. Both need SO_REUSEPORT, or the kernel refuses
 * the second. No connection reads before it is told to, so what a peer sends waits in the kernel.
 */
public final class PeerSockets {
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEPORT = 15;
    private static final IntegerUnixChannelOption REUSE_PORT =
            new IntegerUnixChannelOption("SO_REUSEPORT", SOL_SOCKET, SO_REUSEPORT);
    private static final int BACKLOG = 16;

    private final boolean epoll;

    /**
     * Sockets of one kind.
     *
     * @param epoll whether the event loops are native
     */
    public PeerSockets(boolean epoll) {
        this.epoll = epoll;
    }

    /** Begins to listen; each connection gets the handler that the initializer gives it. */
    public ChannelFuture listen(EventLoop loop, InetSocketAddress address, ChannelHandler connections) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop, loop)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(connections);
        if (epoll) {
            bootstrap.channel(EpollServerSocketChannel.class).option(UnixChannelOption.SO_REUSEPORT, true);
        } else {
            bootstrap
                    .channel(NioServerSocketChannel.class)
                    .option(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
        }
        return bootstrap.bind(address);
    }

    /** Begins to connect. */
    public ChannelFuture connect(
            EventLoop loop, InetSocketAddress from, InetSocketAddress to, Duration within, ChannelHandler connection) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(within.toMillis()))
                .handler(connection);
        if (epoll) {
            bootstrap.channel(EpollSocketChannel.class).option(REUSE_PORT, 1);
        } else {
            bootstrap
                    .channel(NioSocketChannel.class)
                    .option(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
        }
        return bootstrap.connect(to, from);
    }
}
