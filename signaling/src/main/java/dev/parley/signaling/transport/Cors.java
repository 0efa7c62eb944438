package dev.parley.signaling.transport;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;

/**
 * Lets pages of the origins that may open a WebSocket read the answers of the fallback too (Fetch, CORS protocol).
 * There is no cookie, so no page can act for a session whose key it does not have.
 */
final class Cors {
    /** The header that names the session of a request, and in an answer the one it may be named by. */
    static final String SESSION = "Parley-Session";

    /** The number of the last event a client has, as browsers' event sources call it. */
    static final String LAST_EVENT_ID = "Last-Event-ID";

    private static final int PREFLIGHT_SECONDS = 600;

    private Cors() {}

    /** Called for origins that are admitted, and for requests without one. */
    static void allow(HttpResponse answer, HttpHeaders request) {
        String origin = request.get(HttpHeaderNames.ORIGIN);
        if (origin != null) {
            answer.headers()
                    .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                    .set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, SESSION);
        }
        answer.headers().set(HttpHeaderNames.VARY, "Origin, Authorization, " + SESSION);
    }

    /** What a page asks before it sends headers of its own. */
    static void allowRequests(HttpResponse answer) {
        answer.headers()
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST")
                .set(
                        HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
                        "Authorization, Content-Type, " + LAST_EVENT_ID + ", " + SESSION)
                .set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS);
    }
}
