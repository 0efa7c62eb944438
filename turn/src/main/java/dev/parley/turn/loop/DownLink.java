package dev.parley.turn.loop;

import dev.parley.ice.stun.StunEncoder;
import dev.parley.ice.stun.attribute.AttributeCodec;
import dev.parley.turn.core.Allocation;
import dev.parley.turn.core.DropReason;
import dev.parley.turn.core.IcmpIndication;
import dev.parley.turn.core.PeerRoute;
import dev.parley.turn.core.Relay;
import dev.parley.turn.socket.HeaderFields;
import io.netty.buffer.ByteBuf;

/**
 * Sends what a peer sent on to its client: as ChannelData if a channel is bound to the peer, else as a Data indication
 * (RFC 8656 section 11.3), by the way its client came. One per event loop.
 */
public final class DownLink {
    /** Bytes; a Data indication has a body of at most 65,532, of which up to 28 are not payload. */
    private static final int INDICATION_PAYLOAD_MAX = 65_500;

    /** Bytes of a Data indication around its payload, at most: header, IPv6 peer, attribute header, padding. */
    private static final int INDICATION_OVERHEAD = 64;

    private final TurnLoop loop;
    private final TransactionIds transactionIds;
    private final RefusalLog refusals;
    private final TurnCounters counters;

    public DownLink(TurnLoop loop, TransactionIds transactionIds, RefusalLog refusals, TurnCounters counters) {
        this.loop = loop;
        this.refusals = refusals;
        this.transactionIds = transactionIds;
        this.counters = counters;
    }

    /** The core found no route for what came to a relayed address, and says why. */
    void unroutable(Relay relay) {
        DropReason reason = loop.core().lastDropReason();
        counters.dropped(reason);
        refusals.droppedFromPeer(reason, relay.allocation().client().address());
    }

    /**
     * By the route that the core found.
     *
     * @param payload given away
     * @param headerFields what its header said when it came
     */
    public void send(PeerRoute route, ByteBuf payload, int headerFields) {
        int payloadBytes = payload.readableBytes();
        if (!(route.relay().attachment() instanceof RelaySocket relay)) {
            payload.release();
            counters.dropped(WireDrop.DEAD_HAIRPIN);
            return;
        }
        int forwarded = HeaderFields.forwarded(headerFields);
        if (forwarded == HeaderFields.EXPIRED) {
            payload.release();
            counters.dropped(WireDrop.TTL_EXPIRED);
            return;
        }
        Allocation allocation = route.allocation();
        DropReason over = allocation.bandwidth().tryTake(payloadBytes, loop.nowNanos());
        if (over != null) {
            payload.release();
            counters.dropped(over);
            refusals.dropped(over, allocation.client().address());
            return;
        }
        allocation.traffic().down(payloadBytes);
        ClientPath client = relay.client();
        int channelNumber = route.channelNumber();
        if (channelNumber != 0) {
            counters.passed(PacketClass.CHANNEL_DATA_DOWN, payloadBytes);
            client.channelData(payload, channelNumber << Short.SIZE | payloadBytes, forwarded);
        } else if (payloadBytes > INDICATION_PAYLOAD_MAX) {
            payload.release();
            counters.dropped(WireDrop.TOO_LONG);
            refusals.dropped(WireDrop.TOO_LONG, allocation.client().address());
        } else {
            counters.passed(PacketClass.DATA_INDICATION_DOWN, payloadBytes);
            client.data(dataIndication(client, route, payload), forwarded);
        }
    }

    /** An ICMP error instead of data (RFC 8656 section 11.5). */
    void report(ClientPath client, IcmpIndication error) {
        ByteBuf message = client.alloc().directBuffer(INDICATION_OVERHEAD);
        StunEncoder.encode(error.message(transactionIds.next()), message);
        counters.passed(PacketClass.ICMP_DOWN, 0);
        client.data(message);
    }

    private ByteBuf dataIndication(ClientPath client, PeerRoute route, ByteBuf payload) {
        int payloadBytes = payload.readableBytes();
        ByteBuf message = client.alloc().directBuffer(payloadBytes + INDICATION_OVERHEAD);
        StunEncoder.writeDataIndicationHeader(message, transactionIds.next(), route.peer(), payloadBytes);
        message.writeBytes(payload);
        message.writeZero(AttributeCodec.paddingBytes(payloadBytes));
        payload.release();
        return message;
    }
}
