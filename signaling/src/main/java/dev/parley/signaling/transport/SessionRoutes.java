package dev.parley.signaling.transport;

import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.dialect.Dialect;
import dev.parley.signaling.dialect.NativeDialect;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** The routes that carry sessions without WebSockets: their paths and rules. Shared by all connections. */
final class SessionRoutes {
    static final String MESSAGES = "/messages";
    static final String EVENTS = "/events";

    final HubInbox hub;
    final HubLimits limits;
    final HubCounters counters;
    final FreshIds ids = new FreshIds();
    final Dialect dialect;
    private final OriginPolicy origins;

    SessionRoutes(HubInbox hub, SignalingSettings settings, HubCounters counters) {
        this.hub = hub;
        this.limits = settings.limits();
        this.origins = settings.origins();
        this.counters = counters;
        this.dialect = new NativeDialect(limits);
    }

    static boolean isOne(String path) {
        return path.equals(MESSAGES) || path.equals(EVENTS);
    }

    /** How long the body of the request may be; 0 where none is taken. */
    int maxBodyBytes(HttpRequest request, String path) {
        return path.equals(MESSAGES) && request.method().equals(HttpMethod.POST)
                ? limits.of(HubLimit.MESSAGE_BYTES)
                : 0;
    }

    boolean admitsOrigin(HttpRequest request) {
        return origins.admits(
                request.headers().getAll(HttpHeaderNames.ORIGIN),
                request.headers().get(HttpHeaderNames.HOST));
    }

    /** The first rule of these routes that the request breaks, or null. */
    @Nullable
    HttpProblem findProblem(HttpRequest request, String path) {
        if (limits.of(HubLimit.RESUME_SECONDS) == 0) {
            return HttpProblem.NOT_FOUND; // no session outlives a request then
        }
        if (!admitsOrigin(request)) {
            return HttpProblem.ORIGIN;
        }
        if (request.method().equals(HttpMethod.OPTIONS)) {
            return null;
        }
        if (path.equals(EVENTS)) {
            return request.method().equals(HttpMethod.GET) ? null : HttpProblem.GET_ONLY;
        }
        if (!request.method().equals(HttpMethod.POST)) {
            return HttpProblem.POST_ONLY;
        }
        return request.headers().contains(HttpHeaderNames.CONTENT_LENGTH) ? null : HttpProblem.NO_BODY;
    }
}
