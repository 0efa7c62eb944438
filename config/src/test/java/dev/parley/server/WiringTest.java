package dev.parley.server;

import static dev.parley.server.AddressPlanTest.config;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.RelayScopeMode;
import dev.parley.ice.credential.Secret;
import dev.parley.ice.credential.TimeLimitedCredentials;
import dev.parley.ice.credential.VerifiedUsername;
import dev.parley.signaling.auth.IceServer;
import dev.parley.signaling.auth.IceServers;
import dev.parley.signaling.auth.RelayScope;
import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WiringTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000));

    @Test
    void everyLimitOfTheHubIsTakenFromItsKey() {
        for (HubLimit limit : HubLimit.values()) {
            int changed = limit.min() == limit.defaultValue() ? limit.min() + 1 : limit.min();
            // A heartbeat below the silence, which the smallest silence would not leave room for.
            if (limit == HubLimit.SILENCE_SECONDS) {
                changed = limit.defaultValue() + 1;
            }
            HubLimits limits = SignalingHub.limits(config(limit.key() + "=" + changed));
            assertThat(limits.of(limit)).as(limit.key()).isEqualTo(changed);
        }
    }

    @Test
    void aMemberGetsStunWithoutAndTurnWithItsOwnCredential() {
        TimeLimitedCredentials credentials =
                new TimeLimitedCredentials(List.of(Secret.ofText("kJ8s0dPq2LzX7vT5wYb3nM6cR1fH4gAe")), CLOCK);
        IceUris uris = IceUris.of(List.of("9.9.9.9"), 3478, IceUris.NO_PORT, IceUris.NO_PORT);
        IceServers servers = RunningServer.iceServers(credentials, Duration.ofHours(1), uris, RelayScopeMode.ROOM);

        List<IceServer> given = servers.forMember(new SessionId("abc"));

        assertThat(given).hasSize(2);
        assertThat(given.getFirst()).isEqualTo(new IceServer(List.of("stun:9.9.9.9:3478"), null, null));
        assertThat(given.getLast().urls())
                .containsExactly("turn:9.9.9.9:3478?transport=udp", "turn:9.9.9.9:3478?transport=tcp");
        assertThat(given.getLast().username()).isEqualTo("1800003600:member:abc");
        assertThat(credentials.verify("1800003600:member:abc"))
                .isInstanceOfSatisfying(
                        VerifiedUsername.Valid.class,
                        valid -> assertThat(given.getLast().credential())
                                .isEqualTo(valid.passwords().getFirst()));
        assertThat(servers.scope()).isEqualTo(RelayScope.ROOM);
    }

    @Test
    void thePageToOpenIsOneThatWorksOnThisHost() {
        assertThat(Stream.of("http.port=80", "http.listen=0.0.0.0", "http.listen=10.0.0.5", "http.listen=::1")
                        .map(assignment -> StartReport.page(config(assignment))))
                .containsExactly(
                        "http://localhost:80/",
                        "http://localhost:8080/",
                        "http://10.0.0.5:8080/",
                        "http://[::1]:8080/");
    }
}
