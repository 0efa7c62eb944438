package dev.parley.turn.loop;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.ChannelDataHeader;
import dev.parley.ice.stun.DecodeResult;
import dev.parley.ice.stun.Demultiplexer;
import dev.parley.ice.stun.StunClass;
import dev.parley.ice.stun.StunDecoder;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.Data;
import dev.parley.turn.core.Allocation;
import dev.parley.turn.core.ClientKey;
import dev.parley.turn.core.PeerRoute;
import dev.parley.turn.core.TurnEvent;
import dev.parley.turn.socket.AddressBits;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What one STUN message or one ChannelData message of a client causes, the same over every transport: relays data and
 * gives everything else to the core. What fits nothing is counted and dropped without an answer. One for each listener
 * of an event loop, used on its thread only.
 */
public final class ClientPackets {
    private final TurnLoop loop;
    private final UpLink upLink;
    private final int listener;
    private final TurnCounters counters;

    /**
     * For one listener.
     *
     * @param listener the number of the listening address, the same on every event loop
     */
    public ClientPackets(TurnLoop loop, UpLink upLink, int listener, TurnCounters counters) {
        this.loop = loop;
        this.upLink = upLink;
        this.listener = listener;
        this.counters = counters;
    }

    /**
     * Takes one message, told apart by its first byte (RFC 7983).
     *
     * @param content lent, unless the result is true: then it belongs to somebody else
     */
    public boolean received(InetSocketAddress sender, ByteBuf content) {
        return switch (Demultiplexer.kind(content)) {
            case CHANNEL_DATA -> channelData(sender, content);
            case STUN -> {
                stun(sender, content);
                yield false;
            }
            case DTLS, TLS, HTTP, UNKNOWN -> {
                counters.dropped(WireDrop.UNKNOWN_PACKET);
                yield false;
            }
        };
    }

    /** RFC 8656 section 12.6. The header is stripped by moving the reader index; nothing is copied. */
    private boolean channelData(InetSocketAddress sender, ByteBuf content) {
        if (!ChannelDataHeader.isWhole(content)) {
            counters.dropped(WireDrop.MALFORMED_CHANNEL_DATA);
            return false;
        }
        Allocation allocation = findAllocation(sender);
        if (allocation == null) {
            counters.dropped(WireDrop.UNKNOWN_CLIENT);
            return false;
        }
        PeerRoute route =
                loop.core().routeFromClient(allocation, ChannelDataHeader.channelNumber(content), loop.nowNanos());
        if (route == null) {
            counters.dropped(loop.core().lastDropReason());
            return false;
        }
        int payloadStart = content.readerIndex() + ChannelDataHeader.LENGTH;
        int payloadBytes = ChannelDataHeader.length(content);
        content.setIndex(payloadStart, payloadStart + payloadBytes);
        counters.passed(PacketClass.CHANNEL_DATA_UP, payloadBytes);
        upLink.send(route, content);
        return true;
    }

    private void stun(InetSocketAddress sender, ByteBuf content) {
        switch (StunDecoder.decode(content)) {
            case DecodeResult.NotStun() -> counters.dropped(WireDrop.MALFORMED_STUN);
            case DecodeResult.Malformed malformed -> {
                if (malformed.header() == null) {
                    counters.dropped(WireDrop.MALFORMED_STUN);
                } else {
                    loop.handle(new TurnEvent.MalformedRequest(keyOf(sender), malformed));
                }
            }
            case DecodeResult.Decoded decoded -> {
                StunMessage stun = decoded.message();
                if (stun.messageClass() == StunClass.INDICATION && stun.method() == StunMethod.SEND) {
                    sendIndication(sender, decoded, content);
                } else {
                    counters.passed(PacketClass.REQUEST, content.readableBytes());
                    loop.handle(new TurnEvent.Request(keyOf(sender), decoded, content));
                }
            }
        }
    }

    /** RFC 8656 section 11.2. Browsers send their ICE checks this way until a channel is bound. */
    private void sendIndication(InetSocketAddress sender, DecodeResult.Decoded decoded, ByteBuf content) {
        Allocation allocation = findAllocation(sender);
        if (allocation == null) {
            counters.dropped(WireDrop.UNKNOWN_CLIENT);
            return;
        }
        PeerRoute route = loop.core().routeFromSend(allocation, decoded, loop.nowNanos());
        Data data = decoded.message().find(Data.class);
        if (route == null || data == null) {
            counters.dropped(loop.core().lastDropReason());
            return;
        }
        counters.passed(PacketClass.SEND_INDICATION_UP, data.length());
        ByteBuf retainedPayload = data.payloadOf(content).retain();
        upLink.send(route, retainedPayload);
    }

    private @Nullable Allocation findAllocation(InetSocketAddress sender) {
        // The arrays do not survive inlining; no record is made for a packet.
        byte[] ip = sender.getAddress().getAddress();
        if (ip.length == Integer.BYTES) {
            long low = AddressBits.low32(ip);
            return loop.core().findAllocation(AddressFamily.IPV4, 0, low, sender.getPort(), listener);
        }
        long high = AddressBits.at(ip, 0);
        long low = AddressBits.at(ip, Long.BYTES);
        return loop.core().findAllocation(AddressFamily.IPV6, high, low, sender.getPort(), listener);
    }

    private ClientKey keyOf(InetSocketAddress sender) {
        return new ClientKey(TransportAddress.ofInetSocketAddress(sender), listener);
    }
}
