package dev.parley.server;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the admin endpoint answers to a request. */
record AdminAnswer(int status, String contentType, String body) {
    static final int WRONG_METHOD = 405;

    private static final String PLAIN = "text/plain; charset=utf-8";
    /** The text format of Prometheus, version 0.0.4. */
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    private static final Pattern LOCAL = Pattern.compile("(localhost|[0-9.]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

    /**
     * The answer to one request.
     *
     * @param host the Host header; null from clients that send none, which are no browsers
     * @param ready whether new work is welcome
     */
    static AdminAnswer to(
            String method, @Nullable String host, @Nullable String path, boolean ready, Supplier<String> metrics) {
        // A web page that points its own host name at 127.0.0.1 could read everything here.
        if (host != null && !LOCAL.matcher(host).matches()) {
            return plain(403, "not for this host name\n");
        }
        if (!method.equals("GET")) {
            return plain(WRONG_METHOD, "GET only\n");
        }
        return switch (path) {
            case "/metrics" -> new AdminAnswer(200, METRICS, metrics.get());
            case "/healthz" -> plain(200, "ok\n");
            case "/readyz" -> ready ? plain(200, "ready\n") : plain(503, "not ready\n");
            case null, default -> plain(404, "nothing here\n");
        };
    }

    private static AdminAnswer plain(int status, String text) {
        return new AdminAnswer(status, PLAIN, text);
    }
}
