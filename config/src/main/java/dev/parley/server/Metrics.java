package dev.parley.server;

import dev.parley.signaling.transport.HubCounters;
import dev.parley.signaling.webhook.WebhookCounters;
import dev.parley.turn.dtls.DtlsShared;
import dev.parley.turn.loop.TurnCounters;
import dev.parley.turn.tls.CertificateRefusal;
import dev.parley.turn.tls.Certificates;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import java.util.List;

/**
 * The metrics page: reads the counters that hub and relay keep, at the moment it is asked. Reasons and classes are
 * labels; nothing that a client chose ever is.
 */
final class Metrics {
    private final MetricSheet sheet = new MetricSheet();

    Metrics(TurnCounters turn, HubCounters hub, Reload reload) {
        JvmMetrics.builder().register(sheet.registry());
        sheet.gauges(
                "parley_build_info",
                "Always 1; the version is the label.",
                "version",
                List.of(Version.CURRENT),
                version -> version,
                version -> 1);
        sheet.results(
                "parley_config_reloads",
                "Reloads of the configuration; refused ones left the old one in force.",
                "applied",
                reload::applied,
                "refused",
                reload::refused);
        new TurnMetrics(sheet).add(turn);
        new HubMetrics(sheet).add(hub);
        new DropInMetrics(sheet).add(hub);
    }

    /** All metrics in the text format of Prometheus. */
    String text() {
        return sheet.text();
    }

    /** Adds those of the certificate, which a server without TLS has not. */
    void add(Certificates certificates) {
        sheet.gauge(
                "parley_tls_certificate_not_after_seconds",
                "End of the certificate that is presented, in seconds since 1970.",
                () -> certificates.notAfter().getEpochSecond());
        sheet.gauge(
                "parley_tls_certificate_alarm",
                "1 while the certificate files are not used as they are, or the certificate has expired.",
                () -> certificates.alarm() == null ? 0 : 1);
        sheet.counter("parley_tls_certificate_reloads", "Newer certificates taken.", certificates::reloads);
        sheet.byReason(
                "parley_tls_certificates_refused",
                "Changed certificate files that were not taken.",
                CertificateRefusal.values(),
                CertificateRefusal::label,
                certificates::refusals);
    }

    /** Adds those of the file of users. */
    void add(UsersFile users) {
        sheet.results(
                "parley_users_file_reloads",
                "Changes of the file of users; refused ones left the users of before.",
                "applied",
                users::taken,
                "refused",
                users::refused);
    }

    /** Adds those of the HTTP API. */
    void add(Api api) {
        new ApiMetrics(sheet).add(api);
    }

    /** Adds those of webhooks, which a server that tells nobody has not. */
    void add(WebhookCounters hooks) {
        sheet.counter("parley_webhooks_delivered", "Events that a service has taken.", hooks::deliveries);
        sheet.counter(
                "parley_webhooks_failed_calls", "Calls of services that were not answered with 2xx.", hooks::failures);
        sheet.gauge("parley_webhooks_pending", "Events that services still have to take.", hooks::pending);
        sheet.results(
                "parley_webhooks_dropped",
                "Events that are lost: too many were waiting, or nobody took them in time.",
                "queue-full",
                hooks::dropsFull,
                "given-up",
                hooks::dropsGivenUp);
    }

    /** Adds the distributions of what allocations relay. */
    void add(UsageBook book) {
        book.histograms().forEach(sheet::add);
    }

    /** Adds those of DTLS, which a server without it has not. */
    void add(DtlsShared dtls) {
        new TurnMetrics(sheet).add(dtls);
    }
}
