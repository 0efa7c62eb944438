package dev.parley.turn.transport;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.ClientTransport;
import dev.parley.turn.core.TurnEvent;
import dev.parley.turn.core.TurnServer;
import dev.parley.turn.dtls.DtlsListener;
import dev.parley.turn.dtls.DtlsShared;
import dev.parley.turn.loop.ClientPackets;
import dev.parley.turn.loop.ClientPaths;
import dev.parley.turn.loop.DownLink;
import dev.parley.turn.loop.Hairpin;
import dev.parley.turn.loop.LastCatch;
import dev.parley.turn.loop.LiveUsage;
import dev.parley.turn.loop.RefusalLog;
import dev.parley.turn.loop.RelayDirectory;
import dev.parley.turn.loop.RelaySockets;
import dev.parley.turn.loop.SourceBudget;
import dev.parley.turn.loop.SparseLog;
import dev.parley.turn.loop.TcpRelays;
import dev.parley.turn.loop.TransactionIds;
import dev.parley.turn.loop.TurnCounters;
import dev.parley.turn.loop.TurnEffects;
import dev.parley.turn.loop.TurnLoop;
import dev.parley.turn.loop.TurnNotices;
import dev.parley.turn.loop.UpLink;
import dev.parley.turn.loop.Usage;
import dev.parley.turn.loop.Visitors;
import dev.parley.turn.socket.BindRefusal;
import dev.parley.turn.socket.FlushQueue;
import dev.parley.turn.socket.PeerSockets;
import dev.parley.turn.socket.SocketOptions;
import dev.parley.turn.socket.SocketSource;
import dev.parley.turn.socket.UdpSocket;
import dev.parley.turn.socket.UdpSockets;
import dev.parley.turn.stream.AcceptFailures;
import dev.parley.turn.stream.ConnectionCounts;
import dev.parley.turn.stream.StreamListener;
import dev.parley.turn.stream.StreamParts;
import dev.parley.turn.stream.StreamSettings;
import dev.parley.turn.stream.StreamSockets;
import dev.parley.turn.udp.UdpClients;
import dev.parley.turn.udp.UdpListener;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;

/** The parts of one event loop, put together: core, listeners, both directions of data, effects. */
final class LoopWiring {
    /** Queues of the kernel of 4 MiB, which all clients of a loop share. */
    private static final SocketOptions LISTENER = new SocketOptions(true, false, 4 << 20);

    private final UdpSockets sockets;
    private final TurnCounters counters;
    private final LastCatch lastCatch;
    private final FlushQueue flushQueue = new FlushQueue();
    private final ClientPaths clients = new ClientPaths();
    private final Visitors visitors;
    private final List<UdpSocket> listeners = new ArrayList<>();
    private final TurnLoop loop;
    private final UpLink upLink;
    private final Shared shared;
    private final StreamParts streamParts;
    private final List<Channel> acceptors = new ArrayList<>();
    private final LiveUsage usage = new LiveUsage();
    private int streamListeners;

    /** What the loops of one transport have in common. */
    record Shared(
            TransportSettings settings,
            SocketSource sockets,
            LongSupplier nanoClock,
            RelayDirectory directory,
            TurnNotices notices,
            TurnCounters counters,
            SparseLog log,
            RefusalLog refusals,
            SourceBudget responseBudget,
            SecureRandom random,
            List<Hairpin> hairpins,
            List<Visitors> visitors,
            StreamSockets streamSockets,
            PeerSockets peerSockets,
            ConnectionCounts connectionCounts) {}

    LoopWiring(int index, EventLoop eventLoop, TurnServer core, Shared shared) {
        this.shared = shared;
        sockets = shared.sockets.onLoop(eventLoop, flushQueue);
        counters = shared.counters;
        lastCatch = new LastCatch(counters, shared.log);
        loop = new TurnLoop(eventLoop, core, shared.nanoClock, flushQueue, lastCatch);
        DownLink downLink = new DownLink(loop, new TransactionIds(shared.random), shared.refusals, counters);
        Hairpin hairpin = new Hairpin(index, shared.hairpins, loop, downLink, shared.directory, counters);
        shared.hairpins.add(hairpin);
        upLink = new UpLink(loop, hairpin, shared.refusals, counters);
        visitors = new Visitors(index, shared.visitors, loop, clients, counters);
        shared.visitors.add(visitors);
        streamParts = streamParts();
        TcpRelays tcpRelays = new TcpRelays(shared.peerSockets, loop, clients, counters, shared.log);
        RelaySockets relaySockets =
                new RelaySockets(sockets, tcpRelays, loop, clients, downLink, counters, lastCatch, shared.log);
        loop.runEffectsWith(new TurnEffects(
                index,
                loop,
                relaySockets,
                tcpRelays,
                clients,
                visitors.guests(),
                shared.responseBudget,
                shared.refusals,
                shared.directory,
                shared.notices,
                usage,
                counters,
                lastCatch));
    }

    /**
     * Binds the next listener, which reads nothing before {@link #startReading}.
     *
     * @return where it is bound, which differs for port 0
     */
    TransportAddress listen(TransportAddress address) throws ListenException, InterruptedException {
        int number = ClientTransport.UDP.listener(listeners.size());
        ClientPackets packets = new ClientPackets(loop, upLink, number, visitors, counters);
        UdpListener listener = new UdpListener(loop, packets, address, counters, lastCatch);
        UdpSocket socket = open(address, listener);
        listeners.add(socket);
        clients.add(number, new UdpClients(socket));
        DtlsShared dtls = shared.settings.dtls();
        if (dtls != null) {
            secure(listener, socket, ClientTransport.indexOf(number), dtls);
        }
        return socket.local();
    }

    private UdpSocket open(TransportAddress address, UdpListener listener)
            throws ListenException, InterruptedException {
        try {
            return loop.eventLoop().inEventLoop()
                    ? sockets.open(address, LISTENER, listener)
                    : loop.eventLoop()
                            .submit(() -> sockets.open(address, LISTENER, listener))
                            .get();
        } catch (IOException refusal) {
            throw new ListenException(address, "UDP", BindRefusal.of(refusal), refusal);
        } catch (ExecutionException refusal) {
            throw new ListenException(address, "UDP", BindRefusal.of(refusal), refusal);
        }
    }

    /** Binds the next listener for TCP and TLS, as {@link #listen} does. */
    TransportAddress listenForStreams(TransportAddress address) throws ListenException, InterruptedException {
        AcceptFailures failures = new AcceptFailures(address, counters, shared.log);
        ChannelFuture binding = shared.streamSockets
                .bind(
                        loop.eventLoop(),
                        address.toInetSocketAddress(),
                        streamParts.limits().sendQueueBytes(),
                        failures,
                        addStreamListener())
                .await();
        Throwable cause = binding.cause();
        if (cause != null) {
            throw new ListenException(address, "TCP", BindRefusal.of(cause), cause);
        }
        acceptors.add(binding.channel());
        return TransportAddress.ofInetSocketAddress(
                (InetSocketAddress) binding.channel().localAddress());
    }

    /** The pipelines of the connections to the next listening address. */
    StreamListener addStreamListener() {
        return new StreamListener(streamParts, streamListeners++, clients);
    }

    private StreamParts streamParts() {
        StreamSettings streams = shared.settings.streams();
        return new StreamParts(
                loop,
                upLink,
                visitors,
                flushQueue,
                counters,
                lastCatch,
                shared.log,
                shared.refusals,
                streams.limits(),
                shared.connectionCounts,
                streams.tls(),
                streams.proxies());
    }

    /** The same socket serves DTLS, whose clients are those of a listener of its own. */
    private void secure(UdpListener handler, UdpSocket socket, int index, DtlsShared dtls) {
        int listener = ClientTransport.DTLS.listener(index);
        ClientPackets packets = new ClientPackets(loop, upLink, listener, visitors, counters);
        DtlsListener secured = new DtlsListener(loop, packets, listener, socket, dtls, counters, shared.refusals);
        clients.add(listener, secured.clients());
        handler.secureWith(secured::received);
    }

    /** After all listeners of all loops stand; also what makes them visible to the loop's thread. */
    void startReading() {
        loop.eventLoop().execute(() -> {
            listeners.forEach(UdpSocket::startReading);
            acceptors.forEach(StreamSockets::startAccepting);
        });
    }

    void post(TurnEvent event) {
        loop.post(event);
    }

    /** What the live allocations of the loop have relayed. */
    Future<List<Usage>> usage() {
        return loop.eventLoop().submit(() -> {
            List<Usage> all = usage.all(loop.nowNanos());
            loop.endTurn();
            return all;
        });
    }

    /** Waits until what was posted before has been taken; not on an event loop. */
    void awaitPosted(Duration atMost) {
        loop.eventLoop().submit(() -> {}).awaitUninterruptibly(atMost.toMillis());
    }

    void stop() {
        loop.eventLoop().execute(loop::stop);
    }
}
