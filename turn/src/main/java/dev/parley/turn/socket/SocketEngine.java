package dev.parley.turn.socket;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;

/** The two kinds of sockets, and which of them this machine can have. */
public enum SocketEngine implements SocketSource {
    /** System calls of our own on Linux, with everything that {@link HeaderFields} and ICMP errors need. */
    LINUX,
    /** What Java offers on every system: correct, slower, without header fields and ICMP errors. */
    PORTABLE;

    /** The better one of those that work here. */
    public static SocketEngine best() {
        return LinuxCalls.areAvailable() && Epoll.isAvailable() ? LINUX : PORTABLE;
    }

    /** What drives the event loops that the sockets live on. */
    public IoHandlerFactory ioHandlers() {
        return switch (this) {
            case LINUX -> EpollIoHandler.newFactory();
            case PORTABLE -> NioIoHandler.newFactory();
        };
    }

    /** True if DONT-FRAGMENT can be obeyed. */
    public boolean setsDontFragment() {
        return this == LINUX;
    }

    @Override
    public boolean sharesPorts() {
        return this == LINUX;
    }

    @Override
    public UdpSockets onLoop(EventLoop loop, FlushQueue flushQueue) {
        return switch (this) {
            case LINUX -> new EpollUdpSockets((IoEventLoop) loop, flushQueue);
            case PORTABLE -> new NioUdpSockets(loop, flushQueue);
        };
    }
}
