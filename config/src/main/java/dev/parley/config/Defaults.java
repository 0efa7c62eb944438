package dev.parley.config;

import dev.parley.ice.credential.CredentialHash;
import dev.parley.ice.stun.ChannelNumbers;
import java.time.Duration;
import java.util.List;

/** The value of every key that an operator leaves alone; the only place where these numbers stand. */
public final class Defaults {
    /** The whole tree, as {@code parley serve} without any configuration uses it. */
    public static final ServerConfig CONFIG = new ServerConfig(
            new HttpConfig(8080, List.of(), List.of(), List.of(), ForwardedHeader.X_FORWARDED_FOR),
            new TlsConfig(null, null),
            turn(),
            new RelayConfig(RelayScopeMode.ROOM),
            new RoomsConfig(10_000, 1000, 262_144, 64, 65_536, 256, 16, 1000, 86_400, 10),
            new SessionsConfig(5, 30, 256, 262_144),
            auth(),
            new ApiConfig(null, true, Duration.ofHours(1), 10, 100_000),
            webhooks(),
            limits(),
            new PeerJsConfig(
                    true,
                    "/peerjs",
                    "peerjs",
                    false,
                    false,
                    false,
                    false,
                    5000,
                    5,
                    90,
                    128,
                    256,
                    262_144,
                    512,
                    262_144,
                    33_554_432,
                    64),
            new TopicsConfig(true, 10_000, 64, 1000, 256),
            new TrackerConfig(true, 10_000, 1000, 64, 1200, 120, 82, 255),
            new AdminConfig(8081, null),
            new LogConfig(LogFormat.TEXT, LogLevel.INFO, false),
            null,
            Duration.ofSeconds(5));

    private Defaults() {}

    private static AuthConfig auth() {
        return new AuthConfig(
                true,
                List.of(),
                null,
                null,
                null,
                null,
                Duration.ofMinutes(10),
                Duration.ofSeconds(30),
                null,
                null,
                Duration.ofSeconds(30),
                null,
                Duration.ofSeconds(3),
                32,
                RoleSource.ROOM,
                SameUser.ALLOW,
                256,
                4096,
                Duration.ofSeconds(25));
    }

    private static WebhooksConfig webhooks() {
        return new WebhooksConfig(
                List.of(),
                List.of(),
                Duration.ofSeconds(5),
                16,
                10_000,
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                Duration.ofHours(1));
    }

    private static LimitsConfig limits() {
        return new LimitsConfig(
                10_000, 128, 12_000, 192, 64, 128, 4096, 65_536, 64, 16, 256, 50, 200, 5000, 20_000, 1, 20, 1, 64, 25,
                60, 262_144, 256, 10, 256, 25, 10, 200, 1000, 1024);
    }

    private static TurnConfig turn() {
        return new TurnConfig(
                3478,
                5349,
                false,
                List.of(),
                List.of(),
                new PortRange(49152, 65535),
                List.of(),
                null,
                "parley",
                List.of(),
                null,
                Duration.ofHours(1),
                CredentialHash.SHA1,
                null,
                null,
                false,
                List.of(),
                null,
                0,
                FastPathMode.AUTO,
                List.of(),
                false,
                false,
                streams(),
                new DtlsLimitsConfig(128, 16, 32_768, 256, Duration.ofSeconds(10), Duration.ofMinutes(1)),
                false,
                false,
                new BehaviorDiscoveryConfig(null, 3479),
                new OAuthConfig(null, null),
                new PeersConfig(List.of(), List.of(), List.of(), List.of()),
                new QuotaConfig(12, 256, 8000),
                new BandwidthConfig(new ByteSize(0), new ByteSize(0), new ByteSize(0)),
                new TurnLimitsConfig(Duration.ofHours(1), 256, 128, 256, 20, 10, ChannelNumbers.RFC_8656, 10, 50_000));
    }

    private static StreamsConfig streams() {
        return new StreamsConfig(
                10_000,
                64,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                Duration.ofMinutes(1),
                ByteSize.ofKibibytes(128),
                ByteSize.ofKibibytes(64),
                32);
    }
}
