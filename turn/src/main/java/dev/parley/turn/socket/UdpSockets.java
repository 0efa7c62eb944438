package dev.parley.turn.socket;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.ThreadFactory;

/**
 * Opens the relay's sockets with the options that its data path was measured with: native epoll where it can be loaded,
 * else NIO, correct and slower.
 */
public final class UdpSockets implements DatagramSockets {
    private final boolean epoll;
    private final ReceiveMode receiveMode;

    public UdpSockets(boolean forceNio, ReceiveMode receiveMode) {
        this.epoll = !forceNio && Epoll.isAvailable();
        this.receiveMode = receiveMode;
    }

    public boolean isEpoll() {
        return epoll;
    }

    @Override
    public boolean segments() {
        return epoll && EpollDatagramChannel.isSegmentedDatagramPacketSupported();
    }

    @Override
    public int cutAtBytes() {
        return epoll && receiveMode == ReceiveMode.BATCH ? SocketDefaults.BATCH_SLOT_BYTES : Integer.MAX_VALUE;
    }

    /** Loops; NIO gets one, because without SO_REUSEPORT one socket per address is all that can be read. */
    public int loops(int wanted) {
        return epoll ? wanted : 1;
    }

    public EventLoopGroup eventLoops(int loops, ThreadFactory threads) {
        return new MultiThreadIoEventLoopGroup(
                loops, threads, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    @Override
    public ChannelFuture bind(EventLoop loop, Use use, InetSocketAddress address, Opening opening) {
        Bootstrap bootstrap = new Bootstrap().group(loop);
        boolean ipv4 = address.getAddress() instanceof Inet4Address;
        if (epoll) {
            bootstrap.channelFactory(
                    () -> new EpollDatagramChannel(ipv4 ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6));
            epollOptions(bootstrap, use);
        } else {
            bootstrap.channelFactory(() -> nioChannel(ipv4, opening));
            bootstrap.option(
                    ChannelOption.RECVBUF_ALLOCATOR,
                    new FixedRecvByteBufAllocator(SocketDefaults.GRO_BUFFER_BYTES)
                            .maxMessagesPerRead(SocketDefaults.DATAGRAMS_PER_WAKE_UP));
        }
        int queueBytes = use == Use.LISTENER ? SocketDefaults.LISTENER_QUEUE_BYTES : SocketDefaults.RELAY_QUEUE_BYTES;
        return bootstrap
                // A listener reads only once everything around it stands.
                .option(ChannelOption.AUTO_READ, use == Use.RELAY)
                .option(ChannelOption.SO_RCVBUF, queueBytes)
                .option(ChannelOption.SO_SNDBUF, queueBytes)
                .option(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(SocketDefaults.SEND_QUEUE_BYTES / 2, SocketDefaults.SEND_QUEUE_BYTES))
                .handler(opening.handler())
                .bind(address);
    }

    private void epollOptions(Bootstrap bootstrap, Use use) {
        boolean gro = receiveMode == ReceiveMode.GRO;
        if (use == Use.LISTENER) {
            bootstrap.option(UnixChannelOption.SO_REUSEPORT, true);
        }
        bootstrap.option(EpollChannelOption.UDP_GRO, gro);
        // Zero means one recvmsg into the whole buffer. Netty 4.2.18 must not combine UDP_GRO with recvmmsg: it
        // would deliver merged datagrams as one.
        bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, gro ? 0 : SocketDefaults.BATCH_SLOT_BYTES);
        int bufferBytes =
                gro ? SocketDefaults.GRO_BUFFER_BYTES : SocketDefaults.BATCH_SLOTS * SocketDefaults.BATCH_SLOT_BYTES;
        // Given without maxMessagesPerRead, an allocator of our own would read one buffer a wake-up.
        bootstrap.option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(bufferBytes).maxMessagesPerRead(SocketDefaults.DATAGRAMS_PER_WAKE_UP));
    }

    private static NioDatagramChannel nioChannel(boolean ipv4, Opening opening) {
        try {
            DatagramChannel socket =
                    DatagramChannel.open(ipv4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
            opening.below(socket);
            return new NioDatagramChannel(socket);
        } catch (IOException e) {
            throw new ChannelException(e);
        }
    }
}
