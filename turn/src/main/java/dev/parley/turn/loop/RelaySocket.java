package dev.parley.turn.loop;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.PeerRoute;
import dev.parley.turn.core.Relay;
import dev.parley.turn.core.TurnEvent;
import dev.parley.turn.socket.AddressBits;
import dev.parley.turn.socket.SegmentWriter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The peer side of one relay: the socket at its relayed address, on the event loop of its client. The permission
 * look-up comes before anything else; a stranger's packet costs no more than that.
 */
final class RelaySocket extends ChannelInboundHandlerAdapter {
    private final TurnLoop loop;
    private final DownLink downLink;
    private final Relay relay;
    private final TransportAddress bound;
    private final ClientPath client;
    private final int cutAtBytes;
    private final TurnCounters counters;
    private final LastCatch lastCatch;

    private @Nullable SegmentWriter writer;
    private boolean closing;

    RelaySocket(
            TurnLoop loop,
            DownLink downLink,
            Relay relay,
            ClientPath client,
            TransportAddress bound,
            int cutAtBytes,
            TurnCounters counters,
            LastCatch lastCatch) {
        this.loop = loop;
        this.downLink = downLink;
        this.relay = relay;
        this.bound = bound;
        this.client = client;
        this.cutAtBytes = cutAtBytes;
        this.counters = counters;
        this.lastCatch = lastCatch;
    }

    Relay relay() {
        return relay;
    }

    /** The local address of the socket; the relayed address may be another, behind a one-to-one NAT. */
    TransportAddress bound() {
        return bound;
    }

    /** The way back to the client of the allocation. */
    ClientPath client() {
        return client;
    }

    /** The socket stands. */
    void opened(SegmentWriter newWriter) {
        writer = newWriter;
    }

    /** @param payload given away */
    void send(ByteBuf payload, InetSocketAddress peer) {
        SegmentWriter open = writer;
        if (open == null || closing) {
            payload.release();
            counters.dropped(WireDrop.SEND_REFUSED);
        } else {
            open.add(payload, SegmentWriter.NO_HEADER, peer);
        }
    }

    void close() {
        closing = true;
        if (writer != null) {
            writer.discard();
            writer.channel().close();
        }
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

    /** True if the content now belongs to somebody else. */
    private boolean received(InetSocketAddress peer, ByteBuf content) {
        PeerRoute route = findRoute(peer);
        if (route == null) {
            counters.dropped(loop.core().lastDropReason());
            return false;
        }
        if (content.readableBytes() >= cutAtBytes) {
            counters.dropped(WireDrop.TRUNCATED);
            return false;
        }
        downLink.send(route, content);
        return true;
    }

    private @Nullable PeerRoute findRoute(InetSocketAddress peer) {
        byte[] ip = peer.getAddress().getAddress();
        int port = peer.getPort();
        long nowNanos = loop.nowNanos();
        if (ip.length == Integer.BYTES) {
            return loop.core().routeFromPeer(relay, AddressFamily.IPV4, 0, AddressBits.low32(ip), port, nowNanos);
        }
        long high = AddressBits.at(ip, 0);
        long low = AddressBits.at(ip, Long.BYTES);
        return loop.core().routeFromPeer(relay, AddressFamily.IPV6, high, low, port, nowNanos);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        loop.endTurn();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!closing && writer != null) {
            closing = true;
            loop.handle(new TurnEvent.RelayLost(relay.id()));
            loop.endTurn();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        lastCatch.caught(bound, cause);
    }
}
