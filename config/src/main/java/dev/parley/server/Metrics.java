package dev.parley.server;

import dev.parley.signaling.auth.DenyReason;
import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.Refusal;
import dev.parley.signaling.transport.HubCounters;
import dev.parley.turn.core.ClientTransport;
import dev.parley.turn.core.DropReason;
import dev.parley.turn.core.EndReason;
import dev.parley.turn.core.RefusalReason;
import dev.parley.turn.dtls.DtlsRefusal;
import dev.parley.turn.dtls.DtlsShared;
import dev.parley.turn.loop.ConnectionEnd;
import dev.parley.turn.loop.PacketClass;
import dev.parley.turn.loop.TurnCounters;
import dev.parley.turn.loop.WireDrop;
import dev.parley.turn.socket.BindRefusal;
import dev.parley.turn.tls.CertificateRefusal;
import dev.parley.turn.tls.Certificates;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * The metrics page: reads the counters that hub and relay keep, at the moment it is asked. Reasons and classes are
 * labels; nothing that a client chose ever is.
 */
final class Metrics {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    Metrics(TurnCounters turn, HubCounters hub, Reload reload) {
        JvmMetrics.builder().register(registry);
        GaugeWithCallback.builder()
                .name("parley_build_info")
                .help("Always 1; the version is the label.")
                .labelNames("version")
                .callback(sample -> sample.call(1, Version.CURRENT))
                .register(registry);
        addReload(reload);
        addTurn(turn);
        addConnections(turn);
        addHub(hub);
        new DropInMetrics(registry).add(hub);
    }

    private void addReload(Reload reload) {
        CounterWithCallback.builder()
                .name("parley_config_reloads")
                .help("Reloads of the configuration; refused ones left the old one in force.")
                .labelNames("result")
                .callback(sample -> {
                    sample.call((double) reload.applied(), "applied");
                    sample.call((double) reload.refused(), "refused");
                })
                .register(registry);
    }

    /** All metrics in the text format of Prometheus. */
    String text() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.write(bytes, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory cannot fail", e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Adds those of the certificate, which a server without TLS has not. */
    void add(Certificates certificates) {
        GaugeWithCallback.builder()
                .name("parley_tls_certificate_not_after_seconds")
                .help("End of the certificate that is presented, in seconds since 1970.")
                .callback(sample -> sample.call((double) certificates.notAfter().getEpochSecond()))
                .register(registry);
        gauge(
                "parley_tls_certificate_alarm",
                "1 while the certificate files are not used as they are, or the certificate has expired.",
                () -> certificates.alarm() == null ? 0 : 1);
        counter("parley_tls_certificate_reloads", "Newer certificates taken.", certificates::reloads);
        byReason(
                "parley_tls_certificates_refused",
                "Changed certificate files that were not taken.",
                CertificateRefusal.values(),
                CertificateRefusal::label,
                certificates::refusals);
    }

    /** Adds those of the file of users. */
    void add(UsersFile users) {
        CounterWithCallback.builder()
                .name("parley_users_file_reloads")
                .help("Changes of the file of users; refused ones left the users of before.")
                .labelNames("result")
                .callback(sample -> {
                    sample.call((double) users.taken(), "applied");
                    sample.call((double) users.refused(), "refused");
                })
                .register(registry);
    }

    /** Adds the distributions of what allocations relay. */
    void add(UsageBook book) {
        book.histograms().forEach(registry::register);
    }

    /** Adds those of DTLS, which a server without it has not. */
    void add(DtlsShared dtls) {
        gauge("parley_turn_dtls_associations", "DTLS associations that live now.", dtls::associationsLive);
        gauge("parley_turn_dtls_handshakes", "DTLS handshakes under way now.", dtls::handshakesLive);
        CounterWithCallback.builder()
                .name("parley_turn_dtls_handshakes_ended")
                .help("DTLS handshakes that ended, of clients that had returned their cookie.")
                .labelNames("result")
                .callback(sample -> {
                    sample.call((double) dtls.handshakesCompleted(), "completed");
                    sample.call((double) dtls.handshakesFailed(), "failed");
                })
                .register(registry);
        byReason(
                "parley_turn_dtls_refused",
                "Clients over DTLS turned away because of a limit of turn.dtls-limits.",
                DtlsRefusal.values(),
                DtlsRefusal::label,
                dtls::refusals);
    }

    private void addTurn(TurnCounters turn) {
        gauge("parley_turn_allocations", "Allocations that live now.", turn::allocationsLive);
        counter("parley_turn_allocations_opened", "Allocations that came to life.", turn::allocationsOpened);
        counter(
                "parley_turn_allocations_moved",
                "Times that an allocation followed its client to another address.",
                turn::allocationsMoved);
        counter(
                "parley_turn_faults",
                "Mistakes of the relay itself that were caught; look into the log.",
                turn::failures);
        counters(
                "parley_turn_packets",
                "Packets by class.",
                "class",
                PacketClass.values(),
                PacketClass::label,
                turn::packets);
        counters(
                "parley_turn_payload_bytes",
                "Payload bytes by class of packet.",
                "class",
                PacketClass.values(),
                PacketClass::label,
                turn::bytes);
        byReason(
                "parley_turn_allocations_ended",
                "Allocations that ended.",
                EndReason.values(),
                EndReason::label,
                turn::allocationsEnded);
        byReason(
                "parley_turn_packets_dropped",
                "Packets without a route.",
                DropReason.values(),
                DropReason::label,
                turn::drops);
        byReason(
                "parley_turn_datagrams_dropped",
                "Datagrams dropped at the sockets.",
                WireDrop.values(),
                WireDrop::label,
                turn::drops);
        byReason(
                "parley_turn_requests_refused",
                "Requests not granted.",
                RefusalReason.values(),
                RefusalReason::label,
                turn::refusals);
        byReason(
                "parley_turn_relay_sockets_refused",
                "Relay sockets that the system did not give.",
                BindRefusal.values(),
                BindRefusal::label,
                turn::bindRefusals);
    }

    private void addConnections(TurnCounters turn) {
        counters(
                "parley_turn_connections_ended",
                "Client connections over TCP and TLS that ended.",
                "reason",
                ConnectionEnd.values(),
                ConnectionEnd::label,
                turn::connectionsEnded);
        gauges(
                "parley_turn_connections",
                "Client connections that live now.",
                "transport",
                List.of(ClientTransport.TCP, ClientTransport.TLS),
                transport -> transport.name().toLowerCase(Locale.ROOT),
                turn::connectionsLive);
        counter("parley_turn_accept_failures", "Connections that the system could not give.", turn::acceptFailures);
    }

    private void addHub(HubCounters hub) {
        gauge("parley_hub_connections", "TCP connections open now.", hub::connections);
        gauge("parley_hub_sessions", "Sessions now.", hub::sessions);
        gauge("parley_hub_rooms", "Rooms now.", hub::rooms);
        gauge("parley_hub_members", "Members of all rooms now.", hub::members);
        counter(
                "parley_hub_connections_refused",
                "TCP connections closed because there were too many.",
                hub::connectionsRefused);
        counter("parley_hub_requests", "HTTP requests.", hub::requests);
        counter("parley_hub_requests_refused", "HTTP requests answered with an error.", hub::requestsRefused);
        counter("parley_hub_upgrades", "Connections that became WebSockets.", hub::upgrades);
        counter("parley_hub_posts", "HTTP requests that brought messages.", hub::posts);
        gauge("parley_hub_polls_waiting", "HTTP requests that wait for messages now.", hub::pollsWaiting);
        gauge("parley_hub_streams_open", "Streams of events open now.", hub::streamsOpen);
        counter("parley_hub_resumes", "Sessions continued over a new connection.", hub::resumes);
        counter(
                "parley_hub_resumes_with_loss",
                "Sessions continued for which not all messages could be sent again.",
                hub::resumesWithLoss);
        counter("parley_hub_messages_received", "Messages received.", hub::messagesIn);
        counter("parley_hub_messages_sent", "Messages sent.", hub::messagesOut);
        counter("parley_hub_faults", "Mistakes of the hub itself that were caught; look into the log.", hub::faults);
        byReason(
                "parley_hub_messages_refused",
                "Messages not carried out.",
                Refusal.values(),
                Refusal::label,
                reason -> hub.refusals().getOrDefault(reason, 0L));
        byReason(
                "parley_hub_denied",
                "Clients not let in, and newer tokens that changed nothing.",
                DenyReason.values(),
                DenyReason::label,
                reason -> hub.denials().getOrDefault(reason, 0L));
        byReason(
                "parley_hub_sessions_closed",
                "Lines to clients closed by the server.",
                CloseReason.values(),
                CloseReason::word,
                reason -> hub.closes().getOrDefault(reason, 0L));
    }

    private void gauge(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(sample -> sample.call((double) value.getAsLong()))
                .register(registry);
    }

    private void counter(String name, String help, LongSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(sample -> sample.call((double) value.getAsLong()))
                .register(registry);
    }

    private <E> void gauges(
            String name,
            String help,
            String label,
            List<E> constants,
            Function<E, String> word,
            ToLongFunction<E> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(sample -> {
                    for (E constant : constants) {
                        sample.call((double) value.applyAsLong(constant), word.apply(constant));
                    }
                })
                .register(registry);
    }

    private <E> void byReason(
            String name, String help, E[] reasons, Function<E, String> word, ToLongFunction<E> value) {
        counters(name, help, "reason", reasons, word, value);
    }

    private <E> void counters(
            String name, String help, String label, E[] constants, Function<E, String> word, ToLongFunction<E> value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(sample -> {
                    for (E constant : constants) {
                        sample.call((double) value.applyAsLong(constant), word.apply(constant));
                    }
                })
                .register(registry);
    }
}
