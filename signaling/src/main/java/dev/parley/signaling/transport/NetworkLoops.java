package dev.parley.signaling.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The event loops TCP connections run on: native epoll where it can be had, else the JDK's NIO. Whoever opens them
 * closes them, after the server that uses them.
 */
public final class NetworkLoops implements AutoCloseable {
    private static final long QUIET_MILLIS = 0;
    private static final long SHUTDOWN_SECONDS = 5;

    private final EventLoopGroup group;
    private final Class<? extends ServerChannel> serverChannelType;

    private NetworkLoops(EventLoopGroup group, Class<? extends ServerChannel> serverChannelType) {
        this.group = group;
        this.serverChannelType = serverChannelType;
    }

    public static NetworkLoops open(int threads) {
        return Epoll.isAvailable()
                ? open(threads, EpollIoHandler.newFactory(), EpollServerSocketChannel.class)
                : openNio(threads);
    }

    /** The portable kind, whatever the system can do. */
    public static NetworkLoops openNio(int threads) {
        return open(threads, NioIoHandler.newFactory(), NioServerSocketChannel.class);
    }

    private static NetworkLoops open(int threads, IoHandlerFactory factory, Class<? extends ServerChannel> type) {
        return new NetworkLoops(
                new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("parley-http"), factory), type);
    }

    EventLoopGroup group() {
        return group;
    }

    Class<? extends ServerChannel> serverChannelType() {
        return serverChannelType;
    }

    @Override
    public void close() {
        group.shutdownGracefully(QUIET_MILLIS, SHUTDOWN_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    }
}
