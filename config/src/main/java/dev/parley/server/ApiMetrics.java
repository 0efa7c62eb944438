package dev.parley.server;

import dev.parley.signaling.api.ApiCounters;
import dev.parley.signaling.api.ApiProblem;
import dev.parley.signaling.api.CredentialShape;

/** What the HTTP API counts, written on the sheet. */
final class ApiMetrics {
    private final MetricSheet sheet;

    ApiMetrics(MetricSheet sheet) {
        this.sheet = sheet;
    }

    void add(Api api) {
        ApiCounters counters = api.counters();
        sheet.counters(
                "parley_api_credentials",
                "TURN credentials given.",
                "shape",
                CredentialShape.values(),
                CredentialShape::word,
                counters::minted);
        sheet.growingCounters(
                "parley_api_key_credentials",
                "TURN credentials given to each API key, and to all tokens together.",
                "key",
                counters::keyIds,
                id -> id.isEmpty() ? "(tokens)" : id,
                counters::mintedTo);
        sheet.byReason(
                "parley_api_requests_refused",
                "Requests to the API that were refused.",
                ApiProblem.values(),
                ApiProblem::word,
                counters::refusals);
        sheet.counter("parley_api_room_orders", "Changes of rooms by API keys.", counters::orders);
        sheet.counter("parley_api_revocations", "Users whose credentials were revoked.", counters::revocations);
        sheet.gauge(
                "parley_api_users",
                "Users of the API that have allocations now.",
                () -> api.users().live());
        WatchedFile<?> file = api.file();
        if (file != null) {
            sheet.results(
                    "parley_api_keys_file_reloads",
                    "Changes of the file of API keys; refused ones left the keys of before.",
                    "applied",
                    file::taken,
                    "refused",
                    file::refused);
        }
    }
}
