package dev.parley.server;

import dev.parley.config.RelayScopeMode;
import dev.parley.config.ServerConfig;
import dev.parley.ice.credential.Secret;
import dev.parley.ice.credential.TimeLimitedCredentials;
import dev.parley.signaling.api.IceMint;
import dev.parley.signaling.auth.IceServerList;
import dev.parley.signaling.auth.IceServers;
import dev.parley.signaling.auth.LiveTokens;
import dev.parley.signaling.auth.RelayScope;
import dev.parley.signaling.core.Revocations;
import dev.parley.signaling.webhook.Webhooks;
import dev.parley.turn.dtls.DtlsShared;
import dev.parley.turn.loop.RelayDirectory;
import dev.parley.turn.loop.Usage;
import dev.parley.turn.socket.SocketEngine;
import dev.parley.turn.tls.TlsContexts;
import dev.parley.turn.tls.TlsPolicy;
import dev.parley.turn.transport.TurnTransport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hub, relay and admin endpoint, started in order and wired together; drained and closed in reverse. */
final class RunningServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningServer.class);
    private static final int HOST_WATCH_SECONDS = 10;
    private static final long RATE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long DRAIN_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ServerConfig config;
    private final Deque<Runnable> closings = new ArrayDeque<>();
    private final RoomBook rooms = new RoomBook();
    private volatile @Nullable Relay relay;
    private @Nullable SignalingHub hub;
    private @Nullable AdminEndpoint admin;
    private @Nullable Reload reload;
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
        watchHost(startedRelay);

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
                        credentialPart(sources, users.credentials()),
                        tokenPart(sources, tokens, startedHub),
                        certificatePart(certificate),
                        startedRelay,
                        api,
                        token,
                        RunningServer::logLevel));
        reload = reloading;
        watchFiles(sources, reloading);
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
        startAdmin(
                token,
                metrics,
                reloading,
                () -> book.topUsers(startedRelay.transport().usage()),
                after -> relayedRooms(startedRelay.transport()).json(rooms, after));
    }

    /** How fast it goes is known by looking twice. */
    private static RelayedRooms relayedRooms(TurnTransport transport) {
        List<Usage> before = transport.usage();
        long beganNanos = System.nanoTime();
        LockSupport.parkNanos(RATE_NANOS);
        List<Usage> now = transport.usage();
        return new RelayedRooms(before, now, Math.max(RATE_NANOS, System.nanoTime() - beganNanos) / 1e9);
    }

    /** The configuration is read again when one of its files has changed; who has just read them is not told. */
    private void watchFiles(ServerSources sources, Reload reloading) {
        FileWatch files =
                new FileWatch(() -> sources.filesOf(reloading.inForce()), () -> reloading.run("changed file"));
        reloading.beforeReading(files::reading);
        files.start("config-watch");
        closings.push(files::close);
    }

    private void startAdmin(
            AdminToken token,
            Metrics metrics,
            Reload reloading,
            Supplier<String> topUsers,
            UnaryOperator<String> roomsAfter)
            throws StartException {
        AdminDuties duties = new AdminDuties() {
            @Override
            public String metrics() {
                return metrics.text();
            }

            @Override
            public String rooms(String after) {
                return roomsAfter.apply(after);
            }

            @Override
            public String topUsers() {
                return topUsers.get();
            }

            @Override
            public Reload.Outcome reload() {
                return reloading.run("admin request");
            }
        };
        AdminEndpoint started = AdminEndpoint.start(config.admin().port(), token, duties);
        admin = started;
        closings.push(started::close);
        started.ready(true);
    }

    /** Files with secrets are read again too. */
    private static Reload.Part credentialPart(ServerSources sources, TimeLimitedCredentials credentials) {
        return next -> {
            List<Secret> secrets = sources.secretsOf(next);
            return () -> credentials.changeSecrets(secrets);
        };
    }

    /** Secrets and revoked tokens; whether there are secrets at all is settled at the start. */
    private static Reload.Part tokenPart(ServerSources sources, LiveTokens tokens, SignalingHub hub) {
        return next -> {
            List<Secret> secrets = sources.tokenSecretsOf(next);
            Revocations revocations = RevokedTokens.of(next.auth());
            if (secrets.isEmpty() == tokens.hasSecrets()) {
                throw new StartException(
                        "auth.secret: only a restart begins or ends taking tokens signed with secrets");
            }
            return () -> {
                tokens.changeSecrets(secrets);
                tokens.changeRevocations(revocations);
                hub.revoke(revocations);
            };
        };
    }

    /** The certificate's files are watched anyway; who asks for a reload does not want to wait for that. */
    private static Reload.Part certificatePart(@Nullable HostCertificate certificate) {
        return next -> () -> {
            if (certificate != null) {
                certificate.certificates().reload();
            }
        };
    }

    private static Runnable logLevel(ServerConfig next) {
        return () -> LogSetup.changeLevel(next.log());
    }

    /** Reads the configuration again. */
    void reload(String cause) {
        Reload started = reload;
        if (started != null) {
            started.run(cause);
        }
    }

    /** What a member gets: this process itself, with a credential that is good while the member is in a room. */
    static IceServers iceServers(
            TimeLimitedCredentials credentials, Duration ttl, IceUris uris, RelayScopeMode scopeMode) {
        RelayScope scope = scopeMode == RelayScopeMode.PUBLIC ? RelayScope.PUBLIC : RelayScope.ROOM;
        return new IceServerList(uris.stun(), uris.turn(), credentials, ttl, scope);
    }

    /** The host's own addresses are never peers, also those that it gets while it runs. */
    private void watchHost(Relay running) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("host-watch").factory());
        timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        running.ownAddressesAre(HostAddresses.ofThisHost());
                    } catch (StartException | RuntimeException e) {
                        LOG.warn("the addresses of this host are not known any more: {}", e.getMessage());
                    }
                },
                HOST_WATCH_SECONDS,
                HOST_WATCH_SECONDS,
                TimeUnit.SECONDS);
        closings.push(timer::shutdownNow);
    }

    /** Whether the relay runs on native sockets, for the log. */
    boolean isNative() {
        return relay != null && relay.transport().sockets() == SocketEngine.LINUX;
    }

    /** Takes nothing new, sends members away, and waits for the live allocations to end, at most until the deadline. */
    void drain(Duration atMost) {
        long endNanos = System.nanoTime() + atMost.toNanos();
        if (admin != null) {
            admin.ready(false);
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
