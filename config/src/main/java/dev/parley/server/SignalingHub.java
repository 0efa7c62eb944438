package dev.parley.server;

import dev.parley.config.HttpConfig;
import dev.parley.config.ServerConfig;
import dev.parley.config.schema.Schema;
import dev.parley.ice.address.CidrSet;
import dev.parley.signaling.api.HttpApi;
import dev.parley.signaling.api.RoomService;
import dev.parley.signaling.auth.Admission;
import dev.parley.signaling.auth.IceServers;
import dev.parley.signaling.auth.LiveTokens;
import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.Revocations;
import dev.parley.signaling.transport.ClientAddresses;
import dev.parley.signaling.transport.HubCounters;
import dev.parley.signaling.transport.MembershipListener;
import dev.parley.signaling.transport.NetworkLoops;
import dev.parley.signaling.transport.OriginPolicy;
import dev.parley.signaling.transport.SignalingServer;
import dev.parley.signaling.transport.SignalingSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The signaling half of the process, with the event loops its connections run on. */
final class SignalingHub implements AutoCloseable {
    private final NetworkLoops loops;
    private final SignalingServer server;
    private final HubCounters counters;

    private SignalingHub(NetworkLoops loops, SignalingServer server, HubCounters counters) {
        this.loops = loops;
        this.server = server;
        this.counters = counters;
    }

    /**
     * Binds every listener; a refusal names the key to change.
     *
     * @param apis for programs, which let token holders in by the same door
     */
    static SignalingHub start(
            ServerConfig config,
            LiveTokens tokens,
            IceServers iceServers,
            MembershipListener listener,
            BiFunction<Admission, RoomService, List<HttpApi>> apis)
            throws StartException {
        HttpConfig http = config.http();
        OriginPolicy origins = OriginPolicy.of(http.allowedOrigins(), true);
        SignalingSettings settings = new SignalingSettings(
                listen(http),
                limits(config),
                Door.policy(config.auth()),
                origins,
                clients(http),
                DropInWiring.settings(config));
        HubCounters counters = new HubCounters();
        Admission admission = Door.settings(config, tokens).open();
        // Signaling is small beside relaying: one loop serves thousands of sessions.
        NetworkLoops loops = NetworkLoops.open(1);
        try {
            return new SignalingHub(
                    loops,
                    SignalingServer.start(
                            settings,
                            loops,
                            iceServers,
                            listener,
                            counters,
                            admission,
                            rooms -> apis.apply(admission, rooms)),
                    counters);
        } catch (IOException e) {
            loops.close();
            Throwable cause = e.getCause();
            throw PortInUse.refusal("http.port", "TCP", http.port(), cause == null ? e : cause);
        }
    }

    /** Whoever came with one of these tokens has to go, and whoever brings one does not get in. */
    void revoke(Revocations revocations) {
        server.revoke(revocations);
    }

    HubCounters counters() {
        return counters;
    }

    /** Takes nobody in any more and sends everybody away; waits for that at most this long. */
    void drain(Duration atMost) {
        server.drain(atMost);
    }

    @Override
    public void close() {
        server.close();
        loops.close();
    }

    private static List<InetSocketAddress> listen(HttpConfig http) {
        return http.listen().isEmpty()
                ? List.of(new InetSocketAddress(http.port()))
                : http.listen().stream()
                        .map(address -> new InetSocketAddress(address.toInetAddress(), http.port()))
                        .toList();
    }

    private static ClientAddresses clients(HttpConfig http) {
        ClientAddresses.Header header = switch (http.forwardedHeader()) {
            case X_FORWARDED_FOR -> ClientAddresses.Header.X_FORWARDED_FOR;
            case FORWARDED -> ClientAddresses.Header.FORWARDED;
        };
        return ClientAddresses.behind(CidrSet.of(http.trustedProxies()), header);
    }

    /** The hub names its limits by their keys, so that none can be forgotten here. */
    static HubLimits limits(ServerConfig config) {
        Map<String, @Nullable Object> valuesByPath = Schema.SERVER.values(config);
        Map<HubLimit, Integer> valueByLimit = new EnumMap<>(HubLimit.class);
        for (HubLimit limit : HubLimit.values()) {
            if (valuesByPath.get(limit.key()) instanceof Integer value) {
                valueByLimit.put(limit, value);
            }
        }
        return HubLimits.of(valueByLimit);
    }
}
