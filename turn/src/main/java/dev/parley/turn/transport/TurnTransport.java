package dev.parley.turn.transport;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.PeerRules;
import dev.parley.turn.core.TurnEvent;
import dev.parley.turn.core.TurnLimits;
import dev.parley.turn.core.TurnServer;
import dev.parley.turn.loop.RefusalLog;
import dev.parley.turn.loop.RelayDirectory;
import dev.parley.turn.loop.SourceBudget;
import dev.parley.turn.loop.SparseLog;
import dev.parley.turn.loop.TurnCounters;
import dev.parley.turn.loop.TurnNotices;
import dev.parley.turn.loop.Usage;
import dev.parley.turn.socket.PeerSockets;
import dev.parley.turn.socket.SocketEngine;
import dev.parley.turn.stream.ConnectionCounts;
import dev.parley.turn.stream.StreamSockets;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The running relay: its event loops, listeners and relay sockets. The public door of the package; its methods
 * may be called from any thread.
 */
public final class TurnTransport implements AutoCloseable {
    private static final int CLOSE_SECONDS = 5;

    private final EventLoopGroup eventLoops;
    private final List<LoopWiring> loops;
    private final List<TransportAddress> listening;
    private final List<TransportAddress> listeningForStreams;
    private final TurnCounters counters;
    private final SourceBudget responseBudget;
    private final SocketEngine sockets;

    private TurnTransport(
            EventLoopGroup eventLoops,
            List<LoopWiring> loops,
            List<TransportAddress> listening,
            List<TransportAddress> listeningForStreams,
            TurnCounters counters,
            SourceBudget responseBudget,
            SocketEngine sockets) {
        this.eventLoops = eventLoops;
        this.loops = loops;
        this.listening = List.copyOf(listening);
        this.listeningForStreams = List.copyOf(listeningForStreams);
        this.counters = counters;
        this.responseBudget = responseBudget;
        this.sockets = sockets;
    }

    /** Makes the core of each event loop. */
    @FunctionalInterface
    public interface Cores {
        /**
         * A core of its own for one event loop.
         *
         * @param loop its number, for its share of the relay ports
         * @param loops how many there are, which is not what was asked for where the system knows only one
         */
        TurnServer create(int loop, int loops);
    }

    /**
     * Binds every listener on every event loop, and relays from then on.
     *
     * @param directory the one that the cores' rules look into
     * @throws ListenException if one address cannot be bound; nothing is left open then
     */
    public static TurnTransport start(
            TransportSettings settings, Cores cores, RelayDirectory directory, TurnNotices notices)
            throws ListenException, InterruptedException {
        SocketEngine sockets = settings.sockets();
        // Without SO_REUSEPORT one socket per address is all that can be read.
        int count = sockets.sharesPorts() ? settings.threads() : 1;
        TurnCounters counters = new TurnCounters();
        long startNanos = System.nanoTime();
        LongSupplier clock = () -> System.nanoTime() - startNanos;
        SecureRandom random = new SecureRandom();
        SourceBudget responseBudget =
                new SourceBudget(settings.responsesPerSource(), settings.responsesTotal(), random.nextLong());
        LoopWiring.Shared shared = new LoopWiring.Shared(
                settings,
                sockets,
                clock,
                directory,
                notices,
                counters,
                new SparseLog(System::nanoTime, settings.wholeAddressesInLogs()),
                new RefusalLog(clock, settings.wholeAddressesInLogs(), random.nextLong()),
                responseBudget,
                random,
                new CopyOnWriteArrayList<>(),
                new CopyOnWriteArrayList<>(),
                new StreamSockets(sockets == SocketEngine.LINUX),
                new PeerSockets(sockets == SocketEngine.LINUX),
                new ConnectionCounts(settings.streams().limits()));
        EventLoopGroup eventLoops =
                new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("turn"), sockets.ioHandlers());
        try {
            List<LoopWiring> loops = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                loops.add(new LoopWiring(i, eventLoops.next(), cores.create(i, count), shared));
            }
            Listeners listeners = new Listeners(loops, sockets.sharesPorts());
            List<TransportAddress> udp = listeners.bindUdp(settings.listen());
            List<TransportAddress> streams = listeners.bindStreams(settings.streams());
            loops.forEach(LoopWiring::startReading);
            return new TurnTransport(eventLoops, loops, udp, streams, counters, responseBudget, sockets);
        } catch (ListenException | InterruptedException | RuntimeException failure) {
            eventLoops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
            throw failure;
        }
    }

    /** Where clients over TCP and TLS are listened for, in the order of the settings, wildcards resolved. */
    public List<TransportAddress> listeningForStreams() {
        return listeningForStreams;
    }

    /** Where clients over UDP are listened for, in the order of the settings, wildcards resolved. */
    public List<TransportAddress> listening() {
        return listening;
    }

    public TurnCounters counters() {
        return counters;
    }

    /** Event loops in use. */
    public int loops() {
        return loops.size();
    }

    /** The kind of UDP sockets in use. */
    public SocketEngine sockets() {
        return sockets;
    }

    /** What the live allocations have relayed so far; those of an event loop that is busy for a second are left out. */
    public List<Usage> usage() {
        List<Future<List<Usage>>> parts = loops.stream().map(LoopWiring::usage).toList();
        List<Usage> all = new ArrayList<>();
        for (Future<List<Usage>> part : parts) {
            part.awaitUninterruptibly(TimeUnit.SECONDS.toMillis(1));
            if (part.isSuccess()) {
                all.addAll(part.getNow());
            }
        }
        return all;
    }

    /** Ends every allocation of this user, on every event loop. */
    public void revoke(String name) {
        post(new TurnEvent.Revoked(name));
    }

    /**
     * From now on these rules; permissions and channels that break them end. Returns when every event loop has taken
     * them, or when one has been too busy for a second.
     */
    public void changeRules(PeerRules rules) {
        post(new TurnEvent.RulesChanged(rules));
        for (LoopWiring loop : loops) {
            loop.awaitPosted(Duration.ofSeconds(1));
        }
    }

    /** From now on these limits; what exceeds them already may stay. */
    public void changeLimits(TurnLimits limits) {
        post(new TurnEvent.LimitsChanged(limits));
    }

    /**
     * From now on this much is answered to senders who proved nothing.
     *
     * @param perSource answers a second to one IPv4 address or IPv6 /64
     * @param total answers a second to all together
     */
    public void changeResponseBudget(int perSource, int total) {
        responseBudget.changeLimits(perSource, total);
    }

    /** Refuses new allocations; those that live go on. */
    public void drain() {
        post(new TurnEvent.DrainStarted());
    }

    /** Closes all sockets and ends the event loops; waits for that, but not forever. */
    @Override
    public void close() {
        for (LoopWiring loop : loops) {
            loop.stop();
        }
        eventLoops
                .shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    private void post(TurnEvent event) {
        for (LoopWiring loop : loops) {
            loop.post(event);
        }
    }
}
