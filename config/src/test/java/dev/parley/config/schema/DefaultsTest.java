package dev.parley.config.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Defaults;
import dev.parley.config.TurnLimitsConfig;
import dev.parley.signaling.core.HubLimit;
import dev.parley.turn.core.TurnLimits;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DefaultsTest {
    @Test
    void theseAreAllKeysWithAllDefaults() {
        List<String> keys = Schema.SERVER.keys().stream()
                .filter(key -> !isHubLimit(key))
                .map(DefaultsTest::line)
                .toList();

        assertThat(keys)
                .containsExactly(
                        "http.port 8080",
                        "http.listen []",
                        "http.allowed-origins []",
                        "tls.certificate unset",
                        "tls.private-key unset",
                        "turn.port 3478",
                        "turn.listen []",
                        "turn.relay-address []",
                        "turn.relay-ports 49152-65535",
                        "turn.external-address []",
                        "turn.public-host unset",
                        "turn.realm parley",
                        "turn.secret unset",
                        "turn.secret-file unset",
                        "turn.credential-ttl 1h",
                        "turn.threads 0",
                        "turn.fast-path auto",
                        "turn.peers.allow []",
                        "turn.peers.deny []",
                        "turn.peers.deny-ports []",
                        "turn.peers.nat64-prefixes []",
                        "turn.quota.per-user 12",
                        "turn.quota.per-address 256",
                        "turn.quota.total 8000",
                        "turn.limits.lifetime 1h",
                        "turn.limits.permissions 256",
                        "turn.limits.channels 128",
                        "turn.limits.peers 256",
                        "turn.limits.new-peers-per-second 20",
                        "turn.limits.channel-numbers rfc-8656",
                        "relay.scope room",
                        "admin.port 8081",
                        "log.format text",
                        "log.level info",
                        "state-dir unset",
                        "drain-deadline 5s");
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

        assertThat(here)
                .isEqualTo(new TurnLimitsConfig(
                        there.maxLifetime(),
                        there.permissions(),
                        there.channels(),
                        there.peers(),
                        there.newPeersPerSecond(),
                        there.channelNumbers()));
    }

    private static boolean isHubLimit(KeySpec key) {
        return key.path().startsWith("rooms.") || key.path().startsWith("limits.");
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
