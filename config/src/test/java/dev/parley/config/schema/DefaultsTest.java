package dev.parley.config.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.ByteSize;
import dev.parley.config.Defaults;
import dev.parley.config.DtlsLimitsConfig;
import dev.parley.config.StreamsConfig;
import dev.parley.config.TurnLimitsConfig;
import dev.parley.ice.address.TransportAddress;
import dev.parley.signaling.core.HubLimit;
import dev.parley.turn.core.TurnLimits;
import dev.parley.turn.dtls.DtlsLimits;
import dev.parley.turn.stream.StreamLimits;
import dev.parley.turn.transport.TransportSettings;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DefaultsTest {
    /** Every key with its default. */
    private static final String ALL_KEYS = """
        http.port 8080
        http.listen []
        http.allowed-origins []
        http.trusted-proxies []
        http.forwarded-header x-forwarded-for
        tls.certificate unset
        tls.private-key unset
        turn.port 3478
        turn.tls-port 5349
        turn.dtls false
        turn.listen []
        turn.relay-address []
        turn.relay-ports 49152-65535
        turn.external-address []
        turn.public-host unset
        turn.realm parley
        turn.secret []
        turn.secret-file unset
        turn.credential-ttl 1h
        turn.credential-hash sha1
        turn.users-file unset
        turn.users-provider unset
        turn.username-anonymity false
        turn.alternate-server []
        turn.alternate-domain unset
        turn.threads 0
        turn.fast-path auto
        turn.proxy-protocol []
        turn.tcp-relay false
        turn.mobility false
        turn.streams.connections 10000
        turn.streams.unauthenticated-per-address 64
        turn.streams.handshake-timeout 10s
        turn.streams.first-message-timeout 10s
        turn.streams.idle-timeout 15s
        turn.streams.authenticated-idle-timeout 1m
        turn.streams.send-queue 128KiB
        turn.streams.reply-queue 64KiB
        turn.streams.peer-connections 32
        turn.dtls-limits.handshakes 128
        turn.dtls-limits.handshakes-per-address 16
        turn.dtls-limits.associations 32768
        turn.dtls-limits.associations-per-address 256
        turn.dtls-limits.handshake-timeout 10s
        turn.dtls-limits.idle-timeout 1m
        turn.reason-phrases false
        turn.rfc3489 false
        turn.behavior-discovery.alternate-address unset
        turn.behavior-discovery.alternate-port 3479
        turn.oauth.server-name unset
        turn.oauth.keys-file unset
        turn.peers.allow []
        turn.peers.deny []
        turn.peers.deny-ports []
        turn.peers.nat64-prefixes []
        turn.quota.per-user 12
        turn.quota.per-address 256
        turn.quota.total 8000
        turn.bandwidth.per-allocation 0B
        turn.bandwidth.per-user 0B
        turn.bandwidth.total 0B
        turn.limits.lifetime 1h
        turn.limits.permissions 256
        turn.limits.channels 128
        turn.limits.peers 256
        turn.limits.new-peers-per-second 20
        turn.limits.icmp-per-second 10
        turn.limits.channel-numbers rfc-8656
        turn.limits.responses-per-source 10
        turn.limits.responses-total 50000
        relay.scope room
        auth.anonymous true
        auth.secret []
        auth.secret-file unset
        auth.revoked-file unset
        auth.jwks-url unset
        auth.jwks-file unset
        auth.jwks-refresh 10m
        auth.jwks-retry 30s
        auth.issuer unset
        auth.audience unset
        auth.leeway 30s
        auth.hook-url unset
        auth.hook-timeout 3s
        auth.hook-concurrency 32
        auth.roles room
        auth.same-user allow
        auth.pending 256
        auth.failure-addresses 4096
        auth.failure-delay 25s
        api.keys-file unset
        api.tokens true
        api.token-ttl 1h
        api.token-per-minute 10
        api.revocations 100000
        webhooks.urls []
        webhooks.secret []
        webhooks.timeout 5s
        webhooks.concurrency 16
        webhooks.queue 10000
        webhooks.back-off 1s
        webhooks.back-off-most 5m
        webhooks.give-up-after 1h
        peerjs.enabled true
        peerjs.path /peerjs
        peerjs.key peerjs
        peerjs.any-key false
        peerjs.strict-ids false
        peerjs.discovery false
        peerjs.leave-on-close false
        topics.enabled true
        tracker.enabled true
        admin.port 8081
        admin.token unset
        log.format text
        log.level info
        log.whole-addresses false
        state-dir unset
        drain-deadline 5s
        """;

    @Test
    void theseAreAllKeysWithAllDefaults() {
        List<String> keys = Schema.SERVER.keys().stream()
                .filter(key -> !isHubLimit(key))
                .map(DefaultsTest::line)
                .toList();

        assertThat(keys).containsExactlyElementsOf(ALL_KEYS.lines().toList());
    }

    @Test
    void theseKeysChangeWithoutARestart() {
        assertThat(Schema.SERVER.keys().stream()
                        .filter(key -> key.setting().reloadable())
                        .map(KeySpec::path))
                .containsExactly(
                        "turn.secret",
                        "turn.secret-file",
                        "turn.peers.allow",
                        "turn.peers.deny",
                        "turn.peers.deny-ports",
                        "turn.peers.nat64-prefixes",
                        "turn.quota.per-user",
                        "turn.quota.per-address",
                        "turn.quota.total",
                        "turn.bandwidth.per-allocation",
                        "turn.bandwidth.per-user",
                        "turn.bandwidth.total",
                        "turn.limits.lifetime",
                        "turn.limits.permissions",
                        "turn.limits.channels",
                        "turn.limits.peers",
                        "turn.limits.new-peers-per-second",
                        "turn.limits.icmp-per-second",
                        "turn.limits.channel-numbers",
                        "turn.limits.responses-per-source",
                        "turn.limits.responses-total",
                        "auth.secret",
                        "auth.secret-file",
                        "auth.revoked-file",
                        "admin.token",
                        "log.level");
    }

    @Test
    void theHubsLimitsHaveTheSameKeysDefaultsAndRangesHereAndThere() {
        List<String> here = Schema.SERVER.keys().stream()
                .filter(DefaultsTest::isHubLimit)
                .map(DefaultsTest::withRange)
                .toList();
        List<String> there = Stream.of(HubLimit.values())
                .map(limit -> limit.key() + " " + limit.defaultValue() + " " + limit.min() + " " + limit.max())
                .toList();

        assertThat(here).containsExactlyInAnyOrderElementsOf(there);
    }

    @Test
    void theRelaysLimitsHaveTheSameDefaultsHereAndThere() {
        TurnLimitsConfig here = Defaults.CONFIG.turn().limits();
        TurnLimits there = TurnLimits.DEFAULT;
        TransportSettings transport = TransportSettings.of(List.of(TransportAddress.parse("127.0.0.1:3478")), 1);

        assertThat(here)
                .isEqualTo(new TurnLimitsConfig(
                        there.maxLifetime(),
                        there.permissions(),
                        there.channels(),
                        there.peers(),
                        there.newPeersPerSecond(),
                        there.icmpPerSecond(),
                        there.channelNumbers(),
                        transport.responsesPerSource(),
                        transport.responsesTotal()));
    }

    @Test
    void theLimitsOfStreamsHaveTheSameDefaultsHereAndThere() {
        StreamsConfig here = Defaults.CONFIG.turn().streams();
        StreamLimits there = StreamLimits.DEFAULT;

        assertThat(here)
                .isEqualTo(new StreamsConfig(
                        there.connections(),
                        there.unauthenticatedPerAddress(),
                        there.handshake(),
                        there.firstMessage(),
                        there.idleUnauthenticated(),
                        there.idleAuthenticated(),
                        new ByteSize(there.sendQueueBytes()),
                        new ByteSize(there.replyQueueBytes()),
                        32));
    }

    @Test
    void theLimitsOfDtlsHaveTheSameDefaultsHereAndThere() {
        DtlsLimits there = DtlsLimits.DEFAULT;

        assertThat(Defaults.CONFIG.turn().dtlsLimits())
                .isEqualTo(new DtlsLimitsConfig(
                        there.handshakes(),
                        there.handshakesPerSource(),
                        there.associations(),
                        there.associationsPerSource(),
                        there.deadline(),
                        there.idle()));
    }

    private static boolean isHubLimit(KeySpec key) {
        return Stream.of(HubLimit.values()).anyMatch(limit -> limit.key().equals(key.path()))
                || key.path().startsWith("rooms.")
                || key.path().startsWith("sessions.")
                || key.path().startsWith("limits.");
    }

    private static String line(KeySpec key) {
        Object value = key.defaultValue();
        if (value == null) {
            return key.path() + " unset";
        }
        return key.path() + " " + (key.isList() ? key.texts(value).toString() : key.print(value));
    }

    private static String withRange(KeySpec key) {
        return line(key) + " " + key.setting().atLeast() + " " + key.setting().atMost();
    }
}
