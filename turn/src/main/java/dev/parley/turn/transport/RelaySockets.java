package dev.parley.turn.transport;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.Allocation;
import dev.parley.turn.core.TurnEvent;
import io.netty.channel.ChannelFuture;

/** Opens and closes the relay sockets of one event loop, as the core asks, and tells the core what became of it. */
final class RelaySockets {
    private final DatagramSockets sockets;
    private final TurnLoop loop;
    private final DownLink downLink;
    private final FlushQueue flushQueue;
    private final TurnCounters counters;
    private final LastCatch lastCatch;
    private final SparseLog log;

    RelaySockets(
            DatagramSockets sockets,
            TurnLoop loop,
            DownLink downLink,
            FlushQueue flushQueue,
            TurnCounters counters,
            LastCatch lastCatch,
            SparseLog log) {
        this.sockets = sockets;
        this.loop = loop;
        this.downLink = downLink;
        this.flushQueue = flushQueue;
        this.counters = counters;
        this.lastCatch = lastCatch;
        this.log = log;
    }

    void open(Allocation allocation, TransportAddress bind) {
        RelaySocket relay =
                new RelaySocket(loop, downLink, allocation, bind, sockets.cutAtBytes(), counters, lastCatch);
        DatagramSockets.Opening opening = new DatagramSockets.Opening(relay);
        ChannelFuture binding =
                sockets.bind(loop.eventLoop(), DatagramSockets.Use.RELAY, bind.toInetSocketAddress(), opening);
        binding.addListener(done -> {
            // Without a descriptor there is no channel, and the future completes on a thread of nobody.
            if (loop.eventLoop().inEventLoop()) {
                bound(relay, opening, binding);
            } else {
                loop.eventLoop().execute(() -> bound(relay, opening, binding));
            }
        });
    }

    void close(Allocation allocation) {
        if (allocation.attachment() instanceof RelaySocket relay) {
            allocation.attach(null);
            relay.close();
        }
    }

    private void bound(RelaySocket relay, DatagramSockets.Opening opening, ChannelFuture binding) {
        Allocation allocation = relay.allocation();
        Throwable cause = binding.cause();
        if (cause == null) {
            relay.opened(new SegmentWriter(
                    binding.channel(), opening.nioSocket(), sockets.segments(), flushQueue, counters));
            allocation.attach(relay);
            loop.handle(new TurnEvent.RelayOpened(allocation.id()));
        } else {
            BindRefusal refusal = BindRefusal.of(cause);
            counters.bindRefused(refusal);
            if (refusal != BindRefusal.IN_USE) { // The core draws another port, which is no news; it is counted.
                log.warn(SparseLog.Topic.BIND, relay.bound(), cause);
            }
            loop.handle(new TurnEvent.RelayRefused(allocation.id()));
        }
        loop.endTurnSoon();
    }
}
