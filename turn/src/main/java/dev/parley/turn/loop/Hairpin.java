package dev.parley.turn.loop;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.PeerRoute;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands a relayed packet to another allocation of this process without touching a socket, after the permission checks
 * of both. Each packet ends at a client: it is never relayed a second time. One per event loop; a receiver on another
 * loop gets the packet as a task there.
 */
public final class Hairpin {
    /** Packets that may wait for another loop; more are dropped, as a full socket would. */
    public static final int HAND_OVERS_MAX = 8192;

    private final int index;
    private final List<Hairpin> all;
    private final TurnLoop loop;
    private final DownLink downLink;
    private final RelayDirectory directory;
    private final TurnCounters counters;
    private final AtomicInteger handOvers = new AtomicInteger();

    /**
     * For one event loop.
     *
     * @param all the hairpins of all loops in their order, complete before the first packet
     */
    public Hairpin(
            int index,
            List<Hairpin> all,
            TurnLoop loop,
            DownLink downLink,
            RelayDirectory directory,
            TurnCounters counters) {
        this.index = index;
        this.all = all;
        this.loop = loop;
        this.downLink = downLink;
        this.directory = directory;
        this.counters = counters;
    }

    /**
     * Takes a packet from a client of this loop.
     *
     * @param payload given away
     */
    public void send(PeerRoute route, ByteBuf payload) {
        RelayDirectory.Live receiver = directory.find(route.peer());
        if (receiver == null) {
            payload.release();
            counters.dropped(WireDrop.DEAD_HAIRPIN);
            return;
        }
        TransportAddress sender = route.relay().relayed();
        if (receiver.loop() == index) {
            deliver(receiver.relayed(), sender, payload);
        } else {
            all.get(receiver.loop()).handOver(receiver.relayed(), sender, payload);
        }
    }

    /** From another loop's thread. */
    private void handOver(TransportAddress receiver, TransportAddress sender, ByteBuf payload) {
        if (handOvers.incrementAndGet() > HAND_OVERS_MAX) {
            handOvers.decrementAndGet();
            payload.release();
            counters.dropped(WireDrop.SEND_QUEUE_FULL);
            return;
        }
        try {
            loop.eventLoop().execute(() -> {
                handOvers.decrementAndGet();
                deliver(receiver, sender, payload);
                loop.endTurnSoon();
            });
        } catch (RejectedExecutionException closing) {
            payload.release();
            counters.dropped(WireDrop.DEAD_HAIRPIN);
        }
    }

    private void deliver(TransportAddress receiver, TransportAddress sender, ByteBuf payload) {
        PeerRoute route = loop.core().routeFromHairpin(receiver, sender, loop.nowNanos());
        if (route == null) {
            payload.release();
            counters.dropped(loop.core().lastDropReason());
            return;
        }
        counters.passed(PacketClass.HAIRPIN, payload.readableBytes());
        downLink.send(route, payload);
    }
}
