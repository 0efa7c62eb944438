package dev.parley.turn.loop;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.stun.ChannelDataHeader;
import dev.parley.ice.stun.ClassicBinding;
import dev.parley.ice.stun.DecodeResult;
import dev.parley.ice.stun.Demultiplexer;
import dev.parley.ice.stun.StunClass;
import dev.parley.ice.stun.StunDecoder;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.Data;
import dev.parley.ice.stun.attribute.DontFragment;
import dev.parley.turn.core.Allocation;
import dev.parley.turn.core.ClientKey;
import dev.parley.turn.core.ClientTransport;
import dev.parley.turn.core.PeerRoute;
import dev.parley.turn.core.TurnEvent;
import dev.parley.turn.core.TurnServer;
import dev.parley.turn.socket.Arrival;
import dev.parley.turn.socket.HeaderFields;
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
    private final ClientTransport transport;
    private final Visitors visitors;
    private final TurnCounters counters;
    private final Arrival streamed = new Arrival();
    private boolean fromOtherLoop;

    /**
     * For one listener.
     *
     * @param listener the number of the listening address, the same on every event loop
     */
    public ClientPackets(TurnLoop loop, UpLink upLink, int listener, Visitors visitors, TurnCounters counters) {
        this.loop = loop;
        this.upLink = upLink;
        this.listener = listener;
        this.transport = ClientTransport.of(listener);
        this.visitors = visitors;
        this.counters = counters;
        visitors.guests().serve(listener, this);
    }

    /**
     * Takes one message that came in a stream, which tells nothing of the header of a packet.
     *
     * @param content lent, unless the result is true: then it belongs to somebody else
     */
    public boolean received(InetSocketAddress sender, ByteBuf content) {
        streamed.from(sender);
        return received(streamed, content);
    }

    /**
     * Takes one message, told apart by its first byte (RFC 7983).
     *
     * @param from borrowed for the call
     * @param content lent, unless the result is true: then it belongs to somebody else
     */
    public boolean received(Arrival from, ByteBuf content) {
        return switch (Demultiplexer.kind(content)) {
            case CHANNEL_DATA -> channelData(from, content);
            case STUN -> {
                stun(from, content);
                yield false;
            }
            case DTLS, TLS, HTTP, UNKNOWN -> {
                counters.dropped(WireDrop.UNKNOWN_PACKET);
                yield false;
            }
        };
    }

    /** The same for what another event loop has handed over: it stays here. */
    boolean handedOver(Arrival from, ByteBuf content) {
        fromOtherLoop = true;
        try {
            return received(from, content);
        } finally {
            fromOtherLoop = false;
        }
    }

    /** The client's connection has ended. */
    public void gone(ClientKey client) {
        visitors.gone(client);
    }

    /** Whether a client has an allocation, on whatever event loop. */
    public boolean hasAllocation(ClientKey client) {
        return loop.core().isClient(client) || visitors.contains(client);
    }

    /** RFC 8656 section 12.6. The header is stripped by moving the reader index; nothing is copied. */
    private boolean channelData(Arrival from, ByteBuf content) {
        if (!ChannelDataHeader.isWhole(content)) {
            counters.dropped(WireDrop.MALFORMED_CHANNEL_DATA);
            return false;
        }
        Allocation allocation = findAllocation(from);
        if (allocation == null) {
            handOnOrDrop(from, content);
            return false;
        }
        PeerRoute route =
                loop.core().routeFromClient(allocation, ChannelDataHeader.channelNumber(content), loop.nowNanos());
        if (route == null) {
            upLink.unroutable(allocation);
            return false;
        }
        int payloadStart = content.readerIndex() + ChannelDataHeader.LENGTH;
        int payloadBytes = ChannelDataHeader.length(content);
        content.setIndex(payloadStart, payloadStart + payloadBytes);
        counters.passed(PacketClass.CHANNEL_DATA_UP, payloadBytes);
        upLink.send(route, content, from.headerFields());
        return true;
    }

    private void stun(Arrival from, ByteBuf content) {
        switch (StunDecoder.decode(content)) {
            case DecodeResult.NotStun() -> withoutCookie(from, content);
            case DecodeResult.Malformed malformed -> {
                if (malformed.header() == null) {
                    counters.dropped(WireDrop.MALFORMED_STUN);
                } else {
                    loop.handle(new TurnEvent.MalformedRequest(keyOf(from), malformed));
                }
            }
            case DecodeResult.Decoded decoded -> {
                StunMessage stun = decoded.message();
                if (stun.messageClass() == StunClass.INDICATION && stun.method() == StunMethod.SEND) {
                    sendIndication(from, decoded, content);
                } else {
                    request(from, decoded, content);
                }
            }
        }
    }

    private void request(Arrival from, DecodeResult.Decoded decoded, ByteBuf content) {
        ClientKey client = keyOf(from);
        boolean elsewhere = !fromOtherLoop
                && (visitors.handOn(client, from, content)
                        || visitors.handOnByTicket(client, decoded.message(), content));
        if (!elsewhere) {
            counters.passed(PacketClass.REQUEST, content.readableBytes());
            loop.handle(new TurnEvent.Request(client, decoded, content));
        }
    }

    /** Data from a 5-tuple without an allocation of this event loop. */
    private void handOnOrDrop(Arrival from, ByteBuf content) {
        if (fromOtherLoop || visitors.isEmpty() || !visitors.handOn(keyOf(from), from, content)) {
            counters.dropped(WireDrop.UNKNOWN_CLIENT);
        }
    }

    /** STUN before it had a magic cookie, if the operator wants it; else nothing. */
    private void withoutCookie(Arrival from, ByteBuf content) {
        ClassicBinding request = loop.core().answersRfc3489() ? ClassicBinding.find(content) : null;
        if (request == null) {
            counters.dropped(WireDrop.MALFORMED_STUN);
            return;
        }
        counters.passed(PacketClass.REQUEST, content.readableBytes());
        loop.handle(new TurnEvent.ClassicRequest(keyOf(from), request));
    }

    /** RFC 8656 section 11.2. Browsers send their ICE checks this way until a channel is bound. */
    private void sendIndication(Arrival from, DecodeResult.Decoded decoded, ByteBuf content) {
        Allocation allocation = findAllocation(from);
        if (allocation == null) {
            handOnOrDrop(from, content);
            return;
        }
        PeerRoute route = loop.core().routeFromSend(allocation, decoded, loop.nowNanos());
        Data data = decoded.message().find(Data.class);
        if (route == null || data == null) {
            upLink.unroutable(allocation);
            return;
        }
        counters.passed(PacketClass.SEND_INDICATION_UP, data.length());
        ByteBuf retainedPayload = data.payloadOf(content).retain();
        upLink.send(route, retainedPayload, fieldsOf(from, route, decoded.message()));
    }

    /**
     * Whether the datagram to the peer may be fragmented (RFC 8656 sections 13 to 15): DONT-FRAGMENT counts between two
     * IPv4 addresses, and for what came in a stream wherever the peer's family knows such a wish of the client's.
     */
    private int fieldsOf(Arrival from, PeerRoute route, StunMessage indication) {
        AddressFamily peer = route.peer().family();
        boolean untranslated = from.family() == peer;
        boolean datagrams = transport == ClientTransport.UDP || transport == ClientTransport.DTLS;
        boolean ipv4 = peer == AddressFamily.IPV4;
        boolean counts = datagrams ? untranslated && ipv4 : untranslated || ipv4;
        return counts && indication.has(DontFragment.class)
                ? HeaderFields.withDontFragment(from.headerFields())
                : from.headerFields();
    }

    private @Nullable Allocation findAllocation(Arrival from) {
        Allocation found = loop.core().findAllocation(from.family(), from.high(), from.low(), from.port(), listener);
        return found == null ? findMoved(from) : found;
    }

    /** The first data from where the client of a mobile allocation has announced itself completes its move. */
    private @Nullable Allocation findMoved(Arrival from) {
        TurnServer core = loop.core();
        if (!core.isMovingTo(from.family(), from.high(), from.low(), from.port(), listener)) {
            return null;
        }
        loop.handle(new TurnEvent.ClientMoves(keyOf(from)));
        return core.findAllocation(from.family(), from.high(), from.low(), from.port(), listener);
    }

    private ClientKey keyOf(Arrival from) {
        return new ClientKey(from.sender(), listener);
    }
}
