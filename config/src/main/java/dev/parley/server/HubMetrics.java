package dev.parley.server;

import dev.parley.signaling.auth.DenyReason;
import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.Refusal;
import dev.parley.signaling.transport.HubCounters;

/** What the hub counts, written on the sheet. */
final class HubMetrics {
    private final MetricSheet sheet;

    HubMetrics(MetricSheet sheet) {
        this.sheet = sheet;
    }

    void add(HubCounters hub) {
        sheet.gauge("parley_hub_connections", "TCP connections open now.", hub::connections);
        sheet.gauge("parley_hub_sessions", "Sessions now.", hub::sessions);
        sheet.gauge("parley_hub_rooms", "Rooms now.", hub::rooms);
        sheet.gauge("parley_hub_members", "Members of all rooms now.", hub::members);
        sheet.counter(
                "parley_hub_connections_refused",
                "TCP connections closed because there were too many.",
                hub::connectionsRefused);
        sheet.counter("parley_hub_requests", "HTTP requests.", hub::requests);
        sheet.counter("parley_hub_requests_refused", "HTTP requests answered with an error.", hub::requestsRefused);
        sheet.counter("parley_hub_upgrades", "Connections that became WebSockets.", hub::upgrades);
        sheet.counter("parley_hub_posts", "HTTP requests that brought messages.", hub::posts);
        sheet.gauge("parley_hub_polls_waiting", "HTTP requests that wait for messages now.", hub::pollsWaiting);
        sheet.gauge("parley_hub_streams_open", "Streams of events open now.", hub::streamsOpen);
        sheet.counter(
                "parley_hub_addresses_hidden",
                "Signals from which addresses were taken, in rooms in which everything is relayed.",
                hub::addressesHidden);
        sheet.counter("parley_hub_resumes", "Sessions continued over a new connection.", hub::resumes);
        sheet.counter(
                "parley_hub_resumes_with_loss",
                "Sessions continued for which not all messages could be sent again.",
                hub::resumesWithLoss);
        sheet.counter("parley_hub_messages_received", "Messages received.", hub::messagesIn);
        sheet.counter("parley_hub_messages_sent", "Messages sent.", hub::messagesOut);
        sheet.counter(
                "parley_hub_faults", "Mistakes of the hub itself that were caught; look into the log.", hub::faults);
        sheet.byReason(
                "parley_hub_messages_refused",
                "Messages not carried out.",
                Refusal.values(),
                Refusal::label,
                reason -> hub.refusals().getOrDefault(reason, 0L));
        sheet.byReason(
                "parley_hub_denied",
                "Clients not let in, and newer tokens that changed nothing.",
                DenyReason.values(),
                DenyReason::label,
                reason -> hub.denials().getOrDefault(reason, 0L));
        sheet.byReason(
                "parley_hub_sessions_closed",
                "Lines to clients closed by the server.",
                CloseReason.values(),
                CloseReason::word,
                reason -> hub.closes().getOrDefault(reason, 0L));
    }
}
