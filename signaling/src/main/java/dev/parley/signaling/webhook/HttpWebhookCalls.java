package dev.parley.signaling.webhook;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Calls by the platform's client: no redirects, no cookies, nothing of the answer but its status. */
final class HttpWebhookCalls implements WebhookCalls, AutoCloseable {
    private final Duration timeout;
    private final HttpClient client;

    HttpWebhookCalls(Duration timeout) {
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
    }

    @Override
    public CompletableFuture<Integer> post(URI uri, String body, String signature) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .header(Signature.HEADER, signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        CompletableFuture<Integer> status =
                answer.copy().orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).thenApply(HttpResponse::statusCode);
        status.whenComplete((value, failure) -> answer.cancel(true)); // ends the connection of what came too late
        return status;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
