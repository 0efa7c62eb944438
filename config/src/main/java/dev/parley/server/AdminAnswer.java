package dev.parley.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the admin endpoint answers to a request. */
record AdminAnswer(int status, String contentType, String body) {
    static final int WRONG_METHOD = 405;

    private static final String PLAIN = "text/plain; charset=utf-8";
    /** The text format of Prometheus, version 0.0.4. */
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    private static final String JSON = "application/json";

    private static final String USERS = "/api/v1/admin/users";
    private static final String ROOMS = "/api/v1/admin/rooms";
    private static final String AFTER = "after=";
    private static final String RELOAD = "/api/v1/admin/reload";

    private static final Pattern LOCAL = Pattern.compile("(localhost|[0-9.]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

    /**
     * The answer to one request. Looking needs to come from this host; changing, and seeing users, needs the token too.
     *
     * @param ready whether new work is welcome
     */
    static AdminAnswer to(AdminRequest request, boolean ready, AdminToken token, AdminDuties duties) {
        String host = request.host();
        // A web page that points its own host name at 127.0.0.1 could read everything here.
        if (host != null && !LOCAL.matcher(host).matches()) {
            return plain(403, "not for this host name\n");
        }
        if (RELOAD.equals(request.path())) {
            return request.method().equals("POST")
                    ? reload(request, token, duties)
                    : plain(WRONG_METHOD, "POST only\n");
        }
        if (!request.method().equals("GET")) {
            return plain(WRONG_METHOD, "GET only\n");
        }
        return switch (request.path()) {
            case "/metrics" -> new AdminAnswer(200, METRICS, duties.metrics());
            case USERS -> shown(request, token, duties::topUsers);
            case ROOMS -> shown(request, token, () -> duties.rooms(after(request.query())));
            case "/healthz" -> plain(200, "ok\n");
            case "/readyz" -> ready ? plain(200, "ready\n") : plain(503, "not ready\n");
            case null, default -> plain(404, "nothing here\n");
        };
    }

    private static AdminAnswer shown(AdminRequest request, AdminToken token, Supplier<String> json) {
        AdminAnswer refusal = refusal(request, token);
        return refusal == null ? new AdminAnswer(200, JSON, json.get()) : refusal;
    }

    /** The name after which a page begins; empty for the first. */
    private static String after(@Nullable String query) {
        return query != null && query.startsWith(AFTER)
                ? URLDecoder.decode(query.substring(AFTER.length()).replaceAll("%(?![0-9A-Fa-f]{2})", ""), UTF_8)
                : "";
    }

    private static AdminAnswer reload(AdminRequest request, AdminToken token, AdminDuties duties) {
        AdminAnswer refusal = refusal(request, token);
        if (refusal != null) {
            return refusal;
        }
        return switch (duties.reload()) {
            case Reload.Outcome.Applied(List<String> changed, List<String> atNextStart) ->
                plain(200, "changed: " + keys(changed) + "\nneeds a restart: " + keys(atNextStart) + "\n");
            case Reload.Outcome.Refused(List<String> problems) -> plain(422, String.join("\n", problems) + "\n");
        };
    }

    /** Null if the request has shown the token. */
    private static @Nullable AdminAnswer refusal(AdminRequest request, AdminToken token) {
        if (!token.isSet()) {
            return plain(403, "set admin.token to allow this\n");
        }
        return token.admits(request.authorization()) ? null : plain(401, "wrong token\n");
    }

    private static String keys(List<String> keys) {
        return keys.isEmpty() ? "nothing" : String.join(", ", keys);
    }

    private static AdminAnswer plain(int status, String text) {
        return new AdminAnswer(status, PLAIN, text);
    }
}
