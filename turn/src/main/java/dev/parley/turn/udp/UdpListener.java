package dev.parley.turn.udp;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.Demultiplexer;
import dev.parley.ice.stun.PacketKind;
import dev.parley.turn.loop.ClientPackets;
import dev.parley.turn.loop.LastCatch;
import dev.parley.turn.loop.TurnCounters;
import dev.parley.turn.loop.TurnLoop;
import dev.parley.turn.socket.Arrival;
import dev.parley.turn.socket.DatagramReceiver;
import dev.parley.turn.socket.IcmpError;
import dev.parley.turn.socket.SocketDrop;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The client side of the relay over UDP: one listening socket of one event loop. A datagram is one message, STUN or
 * ChannelData.
 */
public final class UdpListener implements DatagramReceiver {
    private final TurnLoop loop;
    private final ClientPackets packets;
    private final TransportAddress local;
    private final TurnCounters counters;
    private final LastCatch lastCatch;
    private @Nullable SecuredDatagrams secured;

    /** For one socket. */
    public UdpListener(
            TurnLoop loop, ClientPackets packets, TransportAddress local, TurnCounters counters, LastCatch lastCatch) {
        this.loop = loop;
        this.packets = packets;
        this.local = local;
        this.counters = counters;
        this.lastCatch = lastCatch;
    }

    /** Before the first datagram: DTLS goes there, and is dropped otherwise. */
    public void secureWith(SecuredDatagrams dtls) {
        secured = dtls;
    }

    @Override
    public void received(ByteBuf payload, Arrival from) {
        boolean handedOn = false;
        try {
            handedOn = handOn(from, payload);
        } finally {
            if (!handedOn) {
                payload.release();
            }
        }
    }

    /** True if the payload now belongs to somebody else. */
    private boolean handOn(Arrival from, ByteBuf payload) {
        SecuredDatagrams dtls = secured;
        if (dtls != null && Demultiplexer.kind(payload) == PacketKind.DTLS) {
            dtls.received(from.sender().toInetSocketAddress(), payload);
            return false;
        }
        return packets.received(from, payload);
    }

    @Override
    public void readComplete() {
        loop.endTurnSoon();
    }

    /** What became of an answer is the client's to find out. */
    @Override
    public void icmpError(IcmpError error) {}

    @Override
    public void dropped(SocketDrop reason, int datagrams) {
        counters.dropped(reason, datagrams);
    }

    @Override
    public void failed(RuntimeException bug) {
        lastCatch.failed(local, bug);
    }

    @Override
    public void lost() {
        lastCatch.failed(local, new IllegalStateException("the listening socket is gone"));
    }
}
