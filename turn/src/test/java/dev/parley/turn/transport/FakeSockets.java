package dev.parley.turn.transport;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.socket.DatagramSockets;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors.NativeIoException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sockets that are embedded channels, and a kernel that refuses when told to. */
final class FakeSockets implements DatagramSockets {
    static {
        Epoll.isAvailable(); // loads the library that gives kernel errors their names; opens nothing
    }

    static final int EADDRINUSE = -98;
    static final int EMFILE = -24;

    private final Map<TransportAddress, EmbeddedChannel> openByAddress = new LinkedHashMap<>();
    private final ArrayDeque<Integer> nextErrors = new ArrayDeque<>();
    private int cutAtBytes = Integer.MAX_VALUE;

    /** The next sockets wanted are refused with these errors. */
    void refuse(int... errors) {
        for (int error : errors) {
            nextErrors.add(error);
        }
    }

    void cutAt(int bytes) {
        cutAtBytes = bytes;
    }

    /** The open socket at the address. */
    EmbeddedChannel at(TransportAddress address) {
        EmbeddedChannel channel = openByAddress.get(address);
        if (channel == null) {
            throw new IllegalStateException("no socket at " + address + ", only " + openByAddress.keySet());
        }
        return channel;
    }

    int count() {
        return (int)
                openByAddress.values().stream().filter(EmbeddedChannel::isOpen).count();
    }

    void closeAll() {
        openByAddress.values().forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    @Override
    public ChannelFuture bind(EventLoop loop, Use use, InetSocketAddress address, Opening opening) {
        Integer error = nextErrors.poll();
        if (error != null) {
            return new EmbeddedChannel().newFailedFuture(new NativeIoException("bind", error));
        }
        EmbeddedChannel channel = new BoundChannel(address, opening.handler());
        openByAddress.put(TransportAddress.ofInetSocketAddress(address), channel);
        return channel.newSucceededFuture();
    }

    @Override
    public boolean segments() {
        return true;
    }

    @Override
    public int cutAtBytes() {
        return cutAtBytes;
    }

    private static final class BoundChannel extends EmbeddedChannel {
        private final InetSocketAddress address;

        BoundChannel(InetSocketAddress address, ChannelHandler handler) {
            super(handler);
            this.address = address;
        }

        @Override
        protected SocketAddress localAddress0() {
            return address;
        }
    }
}
