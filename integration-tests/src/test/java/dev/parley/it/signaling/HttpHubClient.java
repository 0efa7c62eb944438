package dev.parley.it.signaling;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A member of a room without a WebSocket: POSTs what it says, and hears by a stream of events or by polling. */
final class HttpHubClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final JsonMapper JSON = new JsonMapper();

    final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI base;
    private final boolean polls;
    private volatile String key = "";
    private volatile long received;
    private volatile boolean closed;
    private long sent;

    HttpHubClient(URI base, boolean polls) throws IOException, InterruptedException {
        this.base = base;
        this.polls = polls;
        HttpResponse<String> answer = send(post("{\"type\":\"hello\"}"), HttpResponse.BodyHandlers.ofString());
        key = answer.headers().firstValue("Parley-Session").orElseThrow();
        Thread.ofVirtual().start(this::hear);
    }

    /** Numbers the message and repeats it until it has an answer. */
    void say(String fields) throws InterruptedException {
        sent++;
        String message = "{\"seq\":" + sent + "," + fields + "}";
        while (true) {
            try {
                var answer = send(post(message), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    throw new AssertionError(answer.statusCode() + " " + answer.body());
                }
                return;
            } catch (IOException cut) {
                // once more: whether it was carried out is the hub's to know
            }
        }
    }

    /** The values of all signals heard, in their order. */
    List<Integer> signals() {
        List<Integer> values = new ArrayList<>();
        heard.stream()
                .filter(message -> message.get("type").stringValue().equals("signal"))
                .forEach(message -> values.add(message.get("data").intValue()));
        return values;
    }

    private HttpRequest.Builder request(String resource) {
        var request = HttpRequest.newBuilder(base.resolve(resource)).timeout(PATIENCE);
        return key.isEmpty() ? request : request.header("Parley-Session", key);
    }

    private HttpRequest post(String body) {
        return request("/messages")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return http.send(request, handler);
    }

    private void hear() {
        while (!closed) {
            try {
                if (polls) {
                    poll();
                } else {
                    stream();
                }
            } catch (IOException | RuntimeException cut) {
                // the next request goes on where this one was
            } catch (InterruptedException end) {
                return;
            }
        }
    }

    private void poll() throws IOException, InterruptedException {
        HttpRequest poll = request("/events?received=" + received)
                .header("Accept", "application/json")
                .build();
        JSON.readTree(send(poll, HttpResponse.BodyHandlers.ofString()).body()).forEach(this::hear);
    }

    private void stream() throws IOException, InterruptedException {
        HttpRequest events = request("/events")
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", Long.toString(received))
                .build();
        try (Stream<String> lines =
                send(events, HttpResponse.BodyHandlers.ofLines()).body()) {
            lines.filter(line -> line.startsWith("data: ")).forEach(line -> hear(JSON.readTree(line.substring(6))));
        }
    }

    private void hear(JsonNode message) {
        if (message.has("seq")) {
            received = message.get("seq").longValue();
        }
        heard.add(message);
    }

    @Override
    public void close() {
        closed = true;
        http.shutdownNow();
        http.close();
    }
}
