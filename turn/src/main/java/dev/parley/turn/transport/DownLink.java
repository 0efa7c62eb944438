package dev.parley.turn.transport;

import dev.parley.ice.stun.StunEncoder;
import dev.parley.ice.stun.attribute.AttributeCodec;
import dev.parley.turn.core.Allocation;
import dev.parley.turn.core.PeerRoute;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Sends what a peer sent on to its client: as ChannelData if a channel is bound to the peer, else as a Data indication
 * (RFC 8656 section 11.3), through the listener that the client talks to. One per event loop.
 */
final class DownLink {
    /** Bytes; a Data indication has a body of at most 65,532, of which up to 28 are not payload. */
    private static final int INDICATION_PAYLOAD_MAX = 65_500;

    /** Bytes of a Data indication around its payload, at most: header, IPv6 peer, attribute header, padding. */
    private static final int INDICATION_OVERHEAD = 64;

    private final List<SegmentWriter> writerByListener;
    private final TransactionIds transactionIds;
    private final TurnCounters counters;

    DownLink(List<SegmentWriter> writerByListener, TransactionIds transactionIds, TurnCounters counters) {
        this.writerByListener = writerByListener;
        this.transactionIds = transactionIds;
        this.counters = counters;
    }

    /** @param payload given away */
    void send(PeerRoute route, ByteBuf payload) {
        Allocation allocation = route.allocation();
        int payloadBytes = payload.readableBytes();
        if (!(route.relay().attachment() instanceof RelaySocket relay)) {
            payload.release();
            counters.dropped(WireDrop.DEAD_HAIRPIN);
            return;
        }
        SegmentWriter writer = writerByListener.get(allocation.client().listener());
        InetSocketAddress client = relay.clientAddress();
        int channelNumber = route.channelNumber();
        if (channelNumber != 0) {
            counters.passed(PacketClass.CHANNEL_DATA_DOWN, payloadBytes);
            writer.add(payload, channelNumber << Short.SIZE | payloadBytes, client);
        } else if (payloadBytes > INDICATION_PAYLOAD_MAX) {
            payload.release();
            counters.dropped(WireDrop.TOO_LONG);
        } else {
            counters.passed(PacketClass.DATA_INDICATION_DOWN, payloadBytes);
            writer.add(dataIndication(writer, route, payload), SegmentWriter.NO_HEADER, client);
        }
    }

    /** A control message, to be sent with the rest of the turn. */
    void reply(int listener, ByteBuf message, InetSocketAddress client) {
        writerByListener.get(listener).add(message, SegmentWriter.NO_HEADER, client);
    }

    ByteBuf newReply(int listener, int bytes) {
        return writerByListener.get(listener).channel().alloc().directBuffer(bytes);
    }

    private ByteBuf dataIndication(SegmentWriter writer, PeerRoute route, ByteBuf payload) {
        int payloadBytes = payload.readableBytes();
        ByteBuf message = writer.channel().alloc().directBuffer(payloadBytes + INDICATION_OVERHEAD);
        StunEncoder.writeDataIndicationHeader(message, transactionIds.next(), route.peer(), payloadBytes);
        message.writeBytes(payload);
        message.writeZero(AttributeCodec.paddingBytes(payloadBytes));
        payload.release();
        return message;
    }
}
