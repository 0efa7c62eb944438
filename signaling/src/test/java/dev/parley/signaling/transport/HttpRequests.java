package dev.parley.signaling.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Requests as text, one line an argument. */
final class HttpRequests {
    private static final List<String> UPGRADE = List.of(
            "GET /ws HTTP/1.1",
            "Host: h",
            "Upgrade: websocket",
            "Connection: keep-alive, Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13");

    private HttpRequests() {}

    /** The lines, and the empty one. */
    static String of(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    /** A proper request for a WebSocket, with more header lines. */
    static String upgrade(String... more) {
        List<String> lines = new ArrayList<>(UPGRADE);
        lines.addAll(Arrays.asList(more));
        return of(lines.toArray(String[]::new));
    }

    /** A request for a WebSocket in which one header line is another, or missing if that is empty. */
    static String upgradeWith(String name, String line) {
        List<String> lines = new ArrayList<>(UPGRADE);
        lines.replaceAll(known -> known.startsWith(name) ? line : known);
        lines.removeIf(String::isEmpty);
        return of(lines.toArray(String[]::new));
    }
}
