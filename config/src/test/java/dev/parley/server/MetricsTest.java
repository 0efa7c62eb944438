package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Defaults;
import dev.parley.config.reader.ConfigResult;
import dev.parley.signaling.core.Refusal;
import dev.parley.signaling.transport.HubCounters;
import dev.parley.turn.core.ClientTransport;
import dev.parley.turn.core.EndReason;
import dev.parley.turn.core.RefusalReason;
import dev.parley.turn.dtls.DtlsLimits;
import dev.parley.turn.dtls.DtlsShared;
import dev.parley.turn.loop.TurnCounters;
import dev.parley.turn.loop.Usage;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics(
            new TurnCounters(),
            new HubCounters(),
            new Reload(Defaults.CONFIG, () -> new ConfigResult.Refused(List.of()), List.of()));

    @Test
    void everyCounterIsThereFromTheStart() {
        List<String> lines = metrics.text().lines().toList();

        assertThat(lines)
                .contains(
                        "parley_turn_allocations 0.0",
                        "parley_hub_sessions 0.0",
                        "parley_hub_rooms 0.0",
                        "parley_turn_allocations_opened_total 0.0",
                        "parley_config_reloads_total{result=\"refused\"} 0.0")
                .anyMatch(line -> line.startsWith("parley_build_info{version=\"" + Version.CURRENT))
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes"));
        for (RefusalReason reason : RefusalReason.values()) {
            assertThat(lines).contains("parley_turn_requests_refused_total{reason=\"" + reason.label() + "\"} 0.0");
        }
        for (Refusal reason : Refusal.values()) {
            assertThat(lines).contains("parley_hub_messages_refused_total{reason=\"" + reason.label() + "\"} 0.0");
        }
    }

    @Test
    void dtlsIsCountedWhereItIsServed() {
        assertThat(metrics.text()).doesNotContain("parley_turn_dtls");

        metrics.add(new DtlsShared(
                () -> {
                    throw new AssertionError("no handshake");
                },
                DtlsLimits.DEFAULT,
                new SecureRandom()));

        assertThat(metrics.text().lines())
                .contains(
                        "parley_turn_dtls_associations 0.0",
                        "parley_turn_dtls_handshakes 0.0",
                        "parley_turn_dtls_handshakes_ended_total{result=\"failed\"} 0.0",
                        "parley_turn_dtls_refused_total{reason=\"associations-of-address\"} 0.0");
    }

    @Test
    void lengthAndBytesOfAllocationsAreDistributions() {
        UsageBook book = new UsageBook(() -> 0);
        metrics.add(book);
        book.ended(
                new Usage("sigismund", ClientTransport.UDP, Duration.ofSeconds(30), 5000, 7, 5, 3, 2),
                EndReason.EXPIRED);

        assertThat(metrics.text().lines())
                .contains(
                        "parley_turn_allocation_seconds_bucket{le=\"10.0\"} 0",
                        "parley_turn_allocation_seconds_bucket{le=\"60.0\"} 1",
                        "parley_turn_allocation_bytes_sum{direction=\"up\"} 5000.0");
        assertThat(metrics.text()).doesNotContain("sigismund");
    }

    @Test
    void everyMetricExplainsItself() {
        assertThat(metrics.text().lines().filter(line -> line.startsWith("# HELP parley_")))
                .hasSizeGreaterThan(15)
                .allMatch(line -> line.endsWith(".") && line.length() > 25);
    }
}
