package dev.parley.turn.socket;

import dev.parley.ice.address.TransportAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A UDP socket over Java's own channel. Header fields are neither read nor set. */
final class NioUdpSocket implements UdpSocket {
    private final NioDatagramChannel channel;
    private final DatagramChannel below;
    private final DatagramReceiver receiver;
    private final FlushQueue flushQueue;
    private final TransportAddress local;
    private boolean flushQueued;
    private boolean closed;

    NioUdpSocket(NioDatagramChannel channel, DatagramChannel below, DatagramReceiver receiver, FlushQueue flushQueue)
            throws IOException {
        this.channel = channel;
        this.below = below;
        this.receiver = receiver;
        this.flushQueue = flushQueue;
        this.local = TransportAddress.ofInetSocketAddress((InetSocketAddress) below.getLocalAddress());
    }

    ChannelHandler handler() {
        return new Reader();
    }

    @Override
    public TransportAddress local() {
        return local;
    }

    @Override
    public void startReading() {
        channel.config().setAutoRead(true);
    }

    @Override
    public void send(ByteBuf payload, int prefix, TransportAddress to, int headerFields) {
        if (!flushQueued) {
            flushQueued = true;
            flushQueue.enqueue(this);
        }
        if (!payload.isReadable() && prefix == NO_PREFIX) {
            payload.release();
            sendEmpty(to.toInetSocketAddress());
        } else if (isFull()) {
            payload.release();
            receiver.dropped(SocketDrop.QUEUE_FULL, 1);
        } else {
            ByteBuf content = prefix == NO_PREFIX ? payload : prefixed(prefix, payload);
            channel.write(new DatagramPacket(content, to.toInetSocketAddress())).addListener(sent -> {
                if (!sent.isSuccess()) {
                    receiver.dropped(SocketDrop.REFUSED, 1);
                }
            });
        }
    }

    /** Over its mark the queue is handed to the kernel at once, and if that does not help, it is full. */
    private boolean isFull() {
        if (!channel.isWritable()) {
            channel.flush();
        }
        return !channel.isWritable();
    }

    private ByteBuf prefixed(int prefix, ByteBuf payload) {
        ByteBuf joined = channel.alloc().directBuffer(Integer.BYTES + payload.readableBytes());
        joined.writeInt(prefix).writeBytes(payload);
        payload.release();
        return joined;
    }

    /** Netty does not send them, so they pass it by; what came before leaves before. */
    private void sendEmpty(InetSocketAddress to) {
        channel.flush();
        try {
            below.send(ByteBuffer.allocate(0), to);
        } catch (IOException refusal) {
            receiver.dropped(SocketDrop.REFUSED, 1);
        }
    }

    @Override
    public void flush() {
        flushQueued = false;
        channel.flush();
    }

    @Override
    public void close() {
        closed = true;
        channel.close();
    }

    private final class Reader extends ChannelInboundHandlerAdapter {
        private final Arrival arrival = new Arrival();

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            DatagramPacket packet = (DatagramPacket) message;
            arrival.from(packet.sender());
            try {
                receiver.received(packet.content(), arrival);
            } catch (RuntimeException bug) {
                receiver.failed(bug);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            receiver.readComplete();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (!closed) {
                closed = true;
                receiver.lost();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (cause instanceof RuntimeException bug) {
                receiver.failed(bug);
            } else {
                receiver.dropped(SocketDrop.REFUSED, 1);
            }
        }
    }
}
