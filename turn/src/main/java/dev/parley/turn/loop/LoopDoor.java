package dev.parley.turn.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * How other event loops reach this one: what one of them gives is taken in the order in which it was given. From any
 * thread.
 */
final class LoopDoor {
    /** Packets that may wait for the loop; more are dropped, as a full socket would. */
    static final int HAND_OVERS_MAX = 8192;

    private final TurnLoop loop;
    private final TurnCounters counters;
    private final AtomicInteger handOvers = new AtomicInteger();

    LoopDoor(TurnLoop loop, TurnCounters counters) {
        this.loop = loop;
        this.counters = counters;
    }

    /** A change of what the loop knows. A loop that closes needs to know nothing. */
    void tell(Runnable change) {
        try {
            loop.eventLoop().execute(() -> {
                change.run();
                loop.endTurnSoon();
            });
        } catch (RejectedExecutionException closing) {
            counters.dropped(WireDrop.CLIENT_GONE);
        }
    }

    /** A packet, which is given away to the taker. */
    void handOver(ByteBuf packet, Consumer<ByteBuf> taker) {
        if (handOvers.incrementAndGet() > HAND_OVERS_MAX) {
            handOvers.decrementAndGet();
            packet.release();
            counters.dropped(WireDrop.SEND_QUEUE_FULL);
            return;
        }
        try {
            loop.eventLoop().execute(() -> {
                handOvers.decrementAndGet();
                taker.accept(packet);
                loop.endTurnSoon();
            });
        } catch (RejectedExecutionException closing) {
            handOvers.decrementAndGet();
            packet.release();
            counters.dropped(WireDrop.CLIENT_GONE);
        }
    }

    /** What waits for another thread must not keep the memory that its neighbours were received into. */
    static ByteBuf copyOf(ByteBuf packet) {
        int bytes = packet.readableBytes();
        return ByteBufAllocator.DEFAULT
                .directBuffer(Math.max(1, bytes))
                .writeBytes(packet, packet.readerIndex(), bytes);
    }
}
