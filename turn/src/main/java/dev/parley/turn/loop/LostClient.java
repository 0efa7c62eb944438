package dev.parley.turn.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The way back to the client of a mobile allocation while it has no connection: everything is dropped and counted. */
record LostClient(TurnCounters counters) implements ClientPath {
    @Override
    public ByteBufAllocator alloc() {
        return ByteBufAllocator.DEFAULT;
    }

    @Override
    public void channelData(ByteBuf payload, int header) {
        drop(payload);
    }

    @Override
    public void data(ByteBuf indication) {
        drop(indication);
    }

    @Override
    public void reply(ByteBuf message) {
        drop(message);
    }

    @Override
    public void authenticated() {}

    private void drop(ByteBuf dropped) {
        dropped.release();
        counters.dropped(WireDrop.CLIENT_GONE);
    }
}
