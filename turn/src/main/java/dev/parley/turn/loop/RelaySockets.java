package dev.parley.turn.loop;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.Relay;
import dev.parley.turn.core.TurnEvent;
import dev.parley.turn.socket.BindRefusal;
import dev.parley.turn.socket.DatagramSockets;
import dev.parley.turn.socket.FlushQueue;
import dev.parley.turn.socket.SegmentWriter;
import io.netty.channel.ChannelFuture;

/** Opens and closes the relay sockets of one event loop, as the core asks, and tells the core what became of it. */
public final class RelaySockets {
    private final DatagramSockets sockets;
    private final TurnLoop loop;
    private final ClientPaths clients;
    private final DownLink downLink;
    private final FlushQueue flushQueue;
    private final TurnCounters counters;
    private final LastCatch lastCatch;
    private final SparseLog log;

    public RelaySockets(
            DatagramSockets sockets,
            TurnLoop loop,
            ClientPaths clients,
            DownLink downLink,
            FlushQueue flushQueue,
            TurnCounters counters,
            LastCatch lastCatch,
            SparseLog log) {
        this.sockets = sockets;
        this.loop = loop;
        this.clients = clients;
        this.downLink = downLink;
        this.flushQueue = flushQueue;
        this.counters = counters;
        this.lastCatch = lastCatch;
        this.log = log;
    }

    public void open(Relay relay, TransportAddress bind) {
        ClientPath client = clients.find(relay.allocation().client());
        if (client == null) {
            loop.handle(new TurnEvent.RelayRefused(relay.id()));
            return;
        }
        RelaySocket socket =
                new RelaySocket(loop, downLink, relay, client, bind, sockets.cutAtBytes(), counters, lastCatch);
        DatagramSockets.Opening opening = new DatagramSockets.Opening(socket);
        ChannelFuture binding =
                sockets.bind(loop.eventLoop(), DatagramSockets.Use.RELAY, bind.toInetSocketAddress(), opening);
        binding.addListener(done -> {
            // Without a descriptor there is no channel, and the future completes on a thread of nobody.
            if (loop.eventLoop().inEventLoop()) {
                bound(socket, opening, binding);
            } else {
                loop.eventLoop().execute(() -> bound(socket, opening, binding));
            }
        });
    }

    public void close(Relay relay) {
        if (relay.attachment() instanceof RelaySocket socket) {
            relay.attach(null);
            socket.close();
        }
    }

    private void bound(RelaySocket socket, DatagramSockets.Opening opening, ChannelFuture binding) {
        Relay relay = socket.relay();
        Throwable cause = binding.cause();
        if (cause == null) {
            socket.opened(new SegmentWriter(
                    binding.channel(), opening.nioSocket(), sockets.segments(), flushQueue, counters));
            relay.attach(socket);
            loop.handle(new TurnEvent.RelayOpened(relay.id()));
        } else {
            BindRefusal refusal = BindRefusal.of(cause);
            counters.bindRefused(refusal);
            if (refusal != BindRefusal.IN_USE) { // The core draws another port, which is no news; it is counted.
                log.warn(SparseLog.Topic.BIND, socket.bound(), cause);
            }
            loop.handle(new TurnEvent.RelayRefused(relay.id()));
        }
        loop.endTurnSoon();
    }
}
