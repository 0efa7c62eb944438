package dev.parley.turn.udp;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.Demultiplexer;
import dev.parley.ice.stun.PacketKind;
import dev.parley.turn.loop.ClientPackets;
import dev.parley.turn.loop.LastCatch;
import dev.parley.turn.loop.TurnCounters;
import dev.parley.turn.loop.TurnLoop;
import dev.parley.turn.loop.WireDrop;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The client side of the relay over UDP: one listening socket of one event loop. A datagram is one message, STUN or
 * ChannelData.
 */
public final class UdpListener extends ChannelInboundHandlerAdapter {
    private final TurnLoop loop;
    private final ClientPackets packets;
    private final TransportAddress local;
    private final int cutAtBytes;
    private final TurnCounters counters;
    private final LastCatch lastCatch;
    private @Nullable SecuredDatagrams secured;

    /**
     * For one socket.
     *
     * @param cutAtBytes a datagram of this length was cut by the kernel; Integer.MAX_VALUE if none can be
     */
    public UdpListener(
            TurnLoop loop,
            ClientPackets packets,
            TransportAddress local,
            int cutAtBytes,
            TurnCounters counters,
            LastCatch lastCatch) {
        this.loop = loop;
        this.packets = packets;
        this.local = local;
        this.cutAtBytes = cutAtBytes;
        this.counters = counters;
        this.lastCatch = lastCatch;
    }

    /** Before the first datagram: DTLS goes there, and is dropped otherwise. */
    public void secureWith(SecuredDatagrams dtls) {
        secured = dtls;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket packet = (DatagramPacket) message;
        ByteBuf content = packet.content();
        boolean handedOn = false;
        try {
            handedOn = received(packet.sender(), content);
        } finally {
            if (!handedOn) {
                content.release();
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        loop.endTurn();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        lastCatch.caught(local, cause);
    }

    /** True if the content now belongs to somebody else. */
    private boolean received(InetSocketAddress sender, ByteBuf content) {
        if (content.readableBytes() >= cutAtBytes) {
            counters.dropped(WireDrop.TRUNCATED);
            return false;
        }
        SecuredDatagrams dtls = secured;
        if (dtls != null && Demultiplexer.kind(content) == PacketKind.DTLS) {
            dtls.received(sender, content);
            return false;
        }
        return packets.received(sender, content);
    }
}
