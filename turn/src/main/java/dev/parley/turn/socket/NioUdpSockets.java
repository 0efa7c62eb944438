package dev.parley.turn.socket;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/** Opens sockets that every system has, for one NIO loop. */
final class NioUdpSockets implements UdpSockets {
    /** Bytes; longer than any datagram. */
    private static final int RECEIVE_BUFFER = 65_536;

    private static final int DATAGRAMS_PER_WAKE_UP = 256;

    private final EventLoop eventLoop;
    private final FlushQueue flushQueue;

    NioUdpSockets(EventLoop eventLoop, FlushQueue flushQueue) {
        this.eventLoop = eventLoop;
        this.flushQueue = flushQueue;
    }

    @Override
    public UdpSocket open(TransportAddress local, SocketOptions options, DatagramReceiver receiver) throws IOException {
        DatagramChannel bound = bind(local, options.queueBytes());
        var channel = new NioDatagramChannel(bound);
        channel.config()
                .setAutoRead(false)
                .setWriteBufferWaterMark(new WriteBufferWaterMark(SendQueue.BYTES_MAX / 2, SendQueue.BYTES_MAX));
        channel.config()
                .setOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(RECEIVE_BUFFER).maxMessagesPerRead(DATAGRAMS_PER_WAKE_UP));
        var socket = new NioUdpSocket(channel, bound, receiver, flushQueue);
        channel.pipeline().addLast(socket.handler());
        ChannelFuture registration = eventLoop.register(channel);
        if (registration.isDone() && !registration.isSuccess()) {
            bound.close();
            throw new IOException("the event loop takes no socket", registration.cause());
        }
        return socket;
    }

    private static DatagramChannel bind(TransportAddress local, int queueBytes) throws IOException {
        DatagramChannel socket = DatagramChannel.open(
                local.family() == AddressFamily.IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            socket.setOption(StandardSocketOptions.SO_RCVBUF, queueBytes);
            socket.setOption(StandardSocketOptions.SO_SNDBUF, queueBytes);
            return socket.bind(local.toInetSocketAddress());
        } catch (IOException | RuntimeException refusal) {
            socket.close();
            throw refusal;
        }
    }
}
