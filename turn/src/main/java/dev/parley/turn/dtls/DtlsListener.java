package dev.parley.turn.dtls;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.ClientKey;
import dev.parley.turn.loop.ClientPackets;
import dev.parley.turn.loop.ClientPaths;
import dev.parley.turn.loop.RefusalLog;
import dev.parley.turn.loop.TurnCounters;
import dev.parley.turn.loop.TurnLoop;
import dev.parley.turn.loop.WireDrop;
import dev.parley.turn.socket.HeaderFields;
import dev.parley.turn.socket.UdpSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * TURN over DTLS on one UDP socket of one event loop, beside the plain TURN there. Used on the loop's thread only.
 */
public final class DtlsListener {
    private static final int IDLE_CHECK_SECONDS = 5;

    private final DtlsClients clients;

    /**
     * For one socket.
     *
     * @param packets takes what was in the records, under the number of this listener
     * @param listener its number
     * @param socket it shares with plain UDP
     */
    public DtlsListener(
            TurnLoop loop,
            ClientPackets packets,
            int listener,
            UdpSocket socket,
            DtlsShared shared,
            TurnCounters counters,
            RefusalLog refusals) {
        this.clients = new DtlsClients(shared, new OfLoop(loop, packets, listener, socket, counters, refusals));
        loop.eventLoop()
                .scheduleAtFixedRate(
                        () -> {
                            clients.endIdle();
                            loop.endTurn();
                        },
                        IDLE_CHECK_SECONDS,
                        IDLE_CHECK_SECONDS,
                        TimeUnit.SECONDS);
    }

    /** The ways back to its clients. */
    public ClientPaths.OfListener clients() {
        return clients;
    }

    /** Takes a datagram whose first byte is that of DTLS (RFC 7983); it is lent. */
    public void received(InetSocketAddress sender, ByteBuf datagram) {
        clients.received(sender, datagram);
    }

    private record OfLoop(
            TurnLoop loop,
            ClientPackets packets,
            int listener,
            UdpSocket socket,
            TurnCounters counters,
            RefusalLog refusals)
            implements LoopSide {
        @Override
        public long nowNanos() {
            return loop.nowNanos();
        }

        @Override
        public ByteBufAllocator alloc() {
            return ByteBufAllocator.DEFAULT;
        }

        @Override
        public void send(InetSocketAddress client, ByteBuf datagram) {
            socket.send(
                    datagram, UdpSocket.NO_PREFIX, TransportAddress.ofInetSocketAddress(client), HeaderFields.DEFAULT);
        }

        @Override
        public boolean received(InetSocketAddress client, ByteBuf message) {
            return packets.received(client, message);
        }

        @Override
        public void gone(InetSocketAddress client) {
            packets.gone(keyOf(client));
        }

        @Override
        public boolean hasAllocation(InetSocketAddress client) {
            return packets.hasAllocation(keyOf(client));
        }

        @Override
        public void dropped(WireDrop reason) {
            counters.dropped(reason);
        }

        @Override
        public void full(InetSocketAddress client) {
            counters.dropped(WireDrop.DTLS_FULL);
            refusals.dropped(WireDrop.DTLS_FULL, TransportAddress.ofInetSocketAddress(client));
        }

        @Override
        public void execute(Runnable task) {
            loop.eventLoop().execute(() -> {
                task.run();
                loop.endTurn();
            });
        }

        private ClientKey keyOf(InetSocketAddress client) {
            return new ClientKey(TransportAddress.ofInetSocketAddress(client), listener);
        }
    }
}
