package dev.parley.server;

import dev.parley.config.RelayScopeMode;
import dev.parley.config.ServerConfig;
import dev.parley.ice.credential.TimeLimitedCredentials;
import dev.parley.signaling.api.IceMint;
import dev.parley.signaling.auth.IceServerList;
import dev.parley.signaling.auth.IceServers;
import dev.parley.signaling.auth.LiveTokens;
import dev.parley.signaling.auth.RelayScope;
import dev.parley.signaling.webhook.Webhooks;
import dev.parley.turn.dtls.DtlsShared;
import dev.parley.turn.loop.RelayDirectory;
import dev.parley.turn.socket.SocketEngine;
import dev.parley.turn.tls.TlsContexts;
import dev.parley.turn.tls.TlsPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hub, relay and admin endpoint, started in order and wired together; drained and closed in reverse. */
final class RunningServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningServer.class);
    private static final long DRAIN_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ServerConfig config;
    private final Deque<Runnable> closings = new ArrayDeque<>();
    private final RoomBook rooms = new RoomBook();
    private volatile @Nullable Relay relay;
    private @Nullable SignalingHub hub;
    private @Nullable Oversight oversight;
    private @Nullable RoomWatch watch;
    private @Nullable Webhooks hooks;

    private RunningServer(ServerConfig config) {
        this.config = config;
    }

    /** Starts everything; on failure whatever had been started is closed again. */
    static RunningServer start(ServerSources sources, AddressPlan plan, IceUris uris)
            throws StartException, InterruptedException {
        RunningServer server = new RunningServer(sources.config());
        boolean started = false;
        try {
            server.startParts(sources, plan, uris);
            started = true;
            return server;
        } finally {
            if (!started) {
                server.close();
            }
        }
    }

    private void startParts(ServerSources sources, AddressPlan plan, IceUris uris)
            throws StartException, InterruptedException {
        RelayScopeMode scopeMode = config.relay().scope();
        RelayDirectory directory = new RelayDirectory();
        RoomScope scope = new RoomScope(directory::findOwner, scopeMode == RelayScopeMode.PUBLIC);
        UsageBook book = new UsageBook(System::nanoTime);
        RoomWatch roomWatch = new RoomWatch(scope, this::revoke);
        watch = roomWatch;
        Api api = Api.open(config.api(), this::revoke);
        closings.push(api::close);
        RelayUsers users = RelayUsers.of(config, sources.secretsOf(config), scope, api.users(), this::revoke);
        closings.push(users::close);

        TlsContexts tls = null;
        HostCertificate certificate = HostCertificate.of(config.tls(), InstantSource.system());
        if (certificate != null) {
            closings.push(certificate::close);
            tls = certificate.contexts(TlsPolicy.TURN_PROTOCOLS);
            certificate.watch();
        }

        Relay startedRelay = Relay.start(
                config,
                plan,
                users.users(),
                certificate,
                scope,
                directory,
                new RelayNotices(roomWatch, book, api.users()),
                tls);
        relay = startedRelay;
        closings.push(startedRelay::close);
        closings.push(HostWatch.start(startedRelay)::close);

        IceServers iceServers = iceServers(users.credentials(), config.turn().credentialTtl(), uris, scopeMode);
        IceMint mint = new IceMint(users.credentials(), uris.stun(), uris.turn(), InstantSource.system());
        Webhooks startedHooks = HookWiring.open(config.webhooks());
        hooks = startedHooks;
        if (startedHooks != null) {
            closings.push(startedHooks::close);
        }
        LiveTokens tokens = new LiveTokens(sources.tokenSecretsOf(config), RevokedTokens.of(config.auth()));
        BothListeners seen = new BothListeners(roomWatch, new BothListeners(api.sentOut(), rooms));
        SignalingHub startedHub = SignalingHub.start(
                config,
                tokens,
                iceServers,
                startedHooks == null ? seen : new BothListeners(seen, startedHooks.feed()),
                (admission, hubRooms) -> api.served(admission, mint, hubRooms));
        hub = startedHub;
        closings.push(startedHub::close);

        oversee(sources, users, api, certificate, startedRelay, tokens, startedHub, book);
    }

    /** Ends the allocations of a name; before the relay runs there are none. */
    private void revoke(String name) {
        Relay running = relay;
        if (running != null) {
            running.transport().revoke(name);
        }
    }

    /** What operators have to see and change of it all. */
    private void oversee(
            ServerSources sources,
            RelayUsers users,
            Api api,
            @Nullable HostCertificate certificate,
            Relay startedRelay,
            LiveTokens tokens,
            SignalingHub startedHub,
            UsageBook book)
            throws StartException {
        AdminToken token = new AdminToken(config.admin().token());
        Reload reloading = new Reload(
                config,
                sources.again(),
                List.of(
                        ReloadParts.credentials(sources, users.credentials()),
                        ReloadParts.tokens(sources, tokens, startedHub),
                        ReloadParts.certificate(certificate),
                        startedRelay,
                        api,
                        token,
                        ReloadParts::logLevel));
        Metrics metrics = new Metrics(startedRelay.counters(), startedHub.counters(), reloading);
        if (certificate != null) {
            metrics.add(certificate.certificates());
        }
        DtlsShared dtls = startedRelay.dtls();
        if (dtls != null) {
            metrics.add(dtls);
        }
        metrics.add(book);
        metrics.add(api);
        if (hooks != null) {
            metrics.add(hooks.counters());
        }
        UsersFile usersFile = users.file();
        if (usersFile != null) {
            metrics.add(usersFile);
        }
        Oversight seeing = new Oversight(metrics, reloading, startedRelay.transport(), book, rooms);
        oversight = seeing;
        closings.push(seeing::close);
        seeing.watchFiles(sources);
        seeing.open(config.admin().port(), token);
    }

    /** Reads the configuration again. */
    void reload(String cause) {
        if (oversight != null) {
            oversight.reload(cause);
        }
    }

    /** What a member gets: this process itself, with a credential that is good while the member is in a room. */
    static IceServers iceServers(
            TimeLimitedCredentials credentials, Duration ttl, IceUris uris, RelayScopeMode scopeMode) {
        RelayScope scope = scopeMode == RelayScopeMode.PUBLIC ? RelayScope.PUBLIC : RelayScope.ROOM;
        return new IceServerList(uris.stun(), uris.turn(), credentials, ttl, scope);
    }

    /** Whether the relay runs on native sockets, for the log. */
    boolean isNative() {
        return relay != null && relay.transport().sockets() == SocketEngine.LINUX;
    }

    /** Takes nothing new, sends members away, and waits for the live allocations to end, at most until the deadline. */
    void drain(Duration atMost) {
        long endNanos = System.nanoTime() + atMost.toNanos();
        if (oversight != null) {
            oversight.drain();
        }
        if (watch != null) {
            watch.drain();
        }
        if (relay != null) {
            relay.transport().drain();
        }
        if (hub != null) {
            hub.drain(atMost);
        }
        if (hooks != null) {
            hooks.drain(Duration.ofNanos(Math.max(0, endNanos - System.nanoTime())));
        }
        while (relay != null && relay.counters().allocationsLive() > 0 && System.nanoTime() - endNanos < 0) {
            LockSupport.parkNanos(DRAIN_POLL_NANOS);
        }
    }

    /** Closes everything, the latest part first; what one part throws does not keep the others open. */
    @Override
    public void close() {
        while (!closings.isEmpty()) {
            try {
                closings.pop().run();
            } catch (RuntimeException e) {
                LOG.error("a part of the server did not close", e);
            }
        }
    }
}
