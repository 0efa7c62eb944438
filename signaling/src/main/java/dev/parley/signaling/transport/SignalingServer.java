package dev.parley.signaling.transport;

import dev.parley.signaling.api.HttpApi;
import dev.parley.signaling.api.RoomService;
import dev.parley.signaling.auth.Admission;
import dev.parley.signaling.auth.IceServers;
import dev.parley.signaling.core.Hub;
import dev.parley.signaling.core.Revocations;
import dev.parley.signaling.dialect.RelayedSignals;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The signaling hub on its sockets. The public door of this module: started when everything it needs is, drained
 * and closed before what it needs is.
 */
public final class SignalingServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final long STOP_SECONDS = 5;

    private final EventExecutor hubExecutor = new DefaultEventExecutor(new DefaultThreadFactory("parley-hub"));
    private final List<Channel> listeners = new ArrayList<>();
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final EventExecutor dropInExecutor = new DefaultEventExecutor(new DefaultThreadFactory("parley-drop-in"));
    private final HubLoop hub;
    private final DropIns dropIns;

    private SignalingServer(
            SignalingSettings settings,
            IceServers iceServers,
            MembershipListener listener,
            HubCounters counters,
            FaultLog faults,
            Admission admission) {
        Outboxes outboxes = new Outboxes();
        Hub core = new Hub(settings.limits(), settings.identities(), new RelayedSignals(), iceServers.ttl());
        HubEffects effects = new HubEffects(outboxes, iceServers, listener, counters);
        this.hub = new HubLoop(
                core,
                outboxes,
                new Reception(core, outboxes, effects, admission),
                counters,
                faults,
                hubExecutor,
                System::nanoTime);
        this.dropIns = new DropIns(settings, admission, counters, faults, dropInExecutor, System::nanoTime);
    }

    /**
     * Binds all addresses and serves.
     *
     * @param loops where connections run; stays the caller's, who closes it after this server
     * @param admission who may come in
     * @param listener called on the hub's thread
     * @param apis served on the same port; they may ask for rooms
     * @throws IOException naming the address, if one cannot be bound; nothing stays open then
     */
    public static SignalingServer start(
            SignalingSettings settings,
            NetworkLoops loops,
            IceServers iceServers,
            MembershipListener listener,
            HubCounters counters,
            Admission admission,
            Function<RoomService, List<HttpApi>> apis)
            throws IOException {
        FaultLog faults = new FaultLog(counters, System::nanoTime);
        SignalingServer server = new SignalingServer(settings, iceServers, listener, counters, faults, admission);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannelType())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new HttpInitializer(
                        server.connections,
                        settings,
                        server.hub,
                        server.dropIns,
                        apis.apply(server.hub),
                        counters,
                        faults));
        for (InetSocketAddress address : settings.listen()) {
            ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
            if (!bound.isSuccess()) {
                server.close();
                throw new IOException("cannot listen on " + address, bound.cause());
            }
            server.listeners.add(bound.channel());
        }
        return server;
    }

    /** Whoever came with one of these tokens has to go, at once; any thread. */
    public void revoke(Revocations revocations) {
        hub.revoke(revocations);
        dropIns.revoke(revocations);
    }

    /** Where it listens, in the order of the settings, with the ports it got. */
    public List<InetSocketAddress> addresses() {
        return listeners.stream()
                .map(listener -> (InetSocketAddress) listener.localAddress())
                .toList();
    }

    /**
     * Takes no more connections, tells every session to go elsewhere and waits until all are gone, at most this
     * long. To be followed by {@link #close}.
     *
     * @return whether all went by themselves
     */
    public boolean drain(Duration atMost) {
        listeners.forEach(listener -> listener.close().awaitUninterruptibly());
        hub.drain();
        dropIns.drain();
        connections.close(channel -> !carriesSession(channel));
        return connections.newCloseFuture().awaitUninterruptibly(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Others have only asked for pages. */
    private static boolean carriesSession(Channel channel) {
        RouteHandler routes = channel.pipeline().get(RouteHandler.class);
        return routes == null || routes.carriesSession();
    }

    /** Closes everything that is still open. */
    @Override
    public void close() {
        listeners.forEach(listener -> listener.close().awaitUninterruptibly());
        connections.close().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
        stop(hubExecutor);
        stop(dropInExecutor);
    }

    private static void stop(EventExecutor executor) {
        executor.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
