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
     * @param headerFields what it would leave a socket with
     */
    public void send(PeerRoute route, ByteBuf payload, int headerFields) {
        RelayDirectory.Live receiver = directory.find(route.peer());
        if (receiver == null) {
            payload.release();
            counters.dropped(WireDrop.DEAD_HAIRPIN);
            return;
        }
        TransportAddress sender = route.relay().relayed();
        if (receiver.loop() == index) {
            deliver(receiver.relayed(), sender, payload, headerFields);
        } else {
            all.get(receiver.loop()).handOver(receiver.relayed(), sender, inMemoryOfItsOwn(payload), headerFields);
        }
    }

    /** From another loop's thread. */
    private void handOver(TransportAddress receiver, TransportAddress sender, ByteBuf payload, int headerFields) {
        if (handOvers.incrementAndGet() > HAND_OVERS_MAX) {
            handOvers.decrementAndGet();
            payload.release();
            counters.dropped(WireDrop.SEND_QUEUE_FULL);
            return;
        }
        try {
            loop.eventLoop().execute(() -> {
                handOvers.decrementAndGet();
                deliver(receiver, sender, payload, headerFields);
                loop.endTurnSoon();
            });
        } catch (RejectedExecutionException closing) {
            payload.release();
            counters.dropped(WireDrop.DEAD_HAIRPIN);
        }
    }

    /** What waits for another thread must not keep the memory that its neighbours were received into. */
    private static ByteBuf inMemoryOfItsOwn(ByteBuf payload) {
        try {
            return payload.alloc()
                    .directBuffer(Math.max(1, payload.readableBytes()))
                    .writeBytes(payload);
        } finally {
            payload.release();
        }
    }

    private void deliver(TransportAddress receiver, TransportAddress sender, ByteBuf payload, int headerFields) {
        PeerRoute route = loop.core().routeFromHairpin(receiver, sender, loop.nowNanos());
        if (route == null) {
            payload.release();
            counters.dropped(loop.core().lastDropReason());
            return;
        }
        counters.passed(PacketClass.HAIRPIN, payload.readableBytes());
        downLink.send(route, payload, headerFields);
    }
}
