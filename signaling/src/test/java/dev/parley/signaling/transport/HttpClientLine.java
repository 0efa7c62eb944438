package dev.parley.signaling.transport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client without a WebSocket: one connection for its messages, one for what it waits for. */
final class HttpClientLine {
    private static final Pattern KEY = Pattern.compile("(?i)\r\nparley-session: ([^\r]+)\r\n");
    private static final Pattern TOKEN = Pattern.compile("\"resumeToken\":\"([^\"]+)\"");

    private static final Pattern SEQ = Pattern.compile("\"seq\":([0-9]+),");

    private final HubHarness harness;
    private HttpChannel up;
    private HttpChannel down;
    private String key = "";
    private String token = "";
    private long received;

    HttpClientLine(HubHarness harness) {
        this.harness = harness;
        this.up = harness.connect();
        this.down = harness.connect();
    }

    String key() {
        return key;
    }

    String resumeToken() {
        return token;
    }

    boolean isOpen() {
        return down.isOpen();
    }

    /** Another page with the same key. */
    HttpClientLine twin() {
        HttpClientLine twin = new HttpClientLine(harness);
        twin.key = key;
        twin.received = received;
        return twin;
    }

    HttpClientLine hello() {
        request("POST", "/messages", "{\"type\":\"hello\"}");
        return this;
    }

    String post(String body) {
        return request("POST", "/messages", body);
    }

    /** The answer to any request on the first connection, a new one if that was closed. */
    String request(String method, String path, String body, String... headers) {
        if (!up.isOpen()) {
            up = harness.connect();
        }
        List<String> lines = new ArrayList<>(List.of(method + " " + path + " HTTP/1.1", "Host: h"));
        lines.addAll(List.of(headers));
        if (!body.isEmpty()) {
            lines.add("Content-Length: " + body.getBytes(StandardCharsets.ISO_8859_1).length);
        }
        if (!key.isEmpty()) {
            lines.add("Parley-Session: " + key);
        }
        up.sendAscii(HttpRequests.of(lines.toArray(String[]::new)) + body);
        harness.settle();
        String answer = up.sentAscii();
        Matcher found = KEY.matcher(answer);
        if (found.find()) {
            key = found.group(1);
            token = tokenIn(answer);
        }
        return answer;
    }

    /** The answer to a post that had to wait. */
    String postAnswer() {
        return up.sentAscii();
    }

    void breakPost() {
        up.close();
        harness.settle();
    }

    static String tokenIn(String text) {
        Matcher found = TOKEN.matcher(text);
        if (!found.find()) {
            throw new AssertionError(text);
        }
        return found.group(1);
    }

    /** Asks for messages after those it has; empty while the request waits. */
    String poll() {
        return get("/events?received=" + received, "Accept: application/json");
    }

    /** What has come meanwhile. */
    String pollAnswer() {
        return read();
    }

    private String read() {
        String text = down.sentAscii();
        SEQ.matcher(text).results().forEach(number -> received = Long.parseLong(number.group(1)));
        return text;
    }

    /** Asks for a stream of events; returns the beginning. */
    String stream(String... headers) {
        List<String> lines = new ArrayList<>(List.of(headers));
        lines.add("Accept: text/event-stream");
        return get("/events", lines.toArray(String[]::new));
    }

    String streamed() {
        return read();
    }

    boolean isStreamOpen() {
        return down.isOpen();
    }

    void breakStream() {
        down.close();
        harness.settle();
    }

    private String get(String path, String... headers) {
        if (!down.isOpen()) {
            down = harness.connect();
        }
        List<String> lines = new ArrayList<>(List.of("GET " + path + " HTTP/1.1", "Host: h"));
        lines.addAll(List.of(headers));
        if (!key.isEmpty()) {
            lines.add("Parley-Session: " + key);
        }
        down.sendAscii(HttpRequests.of(lines.toArray(String[]::new)));
        harness.settle();
        return read();
    }
}
