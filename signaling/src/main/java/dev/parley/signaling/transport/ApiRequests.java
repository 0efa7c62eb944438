package dev.parley.signaling.transport;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.api.ApiAnswer;
import dev.parley.signaling.api.ApiBody;
import dev.parley.signaling.api.ApiRequest;
import dev.parley.signaling.api.HttpApi;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one connection to the APIs, one after another: takes the body, and hands the answer out when it is
 * there. Event loop only.
 */
final class ApiRequests {
    static final int MAX_BODY_BYTES = 8192;
    private static final int MAX_PARAMETERS = 16;

    private final ApiRoutes routes;
    private final HttpResponder responder;

    /** The request whose body is on its way, and who is to answer it. */
    private @Nullable Pending pending;

    /** The API that has been asked. */
    private @Nullable HttpApi asked;

    private record Pending(HttpApi api, PostBody body) {}

    ApiRequests(ApiRoutes routes, HttpResponder responder) {
        this.routes = routes;
        this.responder = responder;
    }

    /** Whether a request has been begun and not been answered. */
    boolean isBusy() {
        return pending != null || asked != null;
    }

    /** The API that serves the request, or null. */
    @Nullable
    HttpApi find(HttpRequest request) {
        return routes.find(request.uri());
    }

    /** Takes a request that keeps to the {@link RequestRules}. */
    void begin(ChannelHandlerContext ctx, HttpRequest request, HttpApi api) {
        responder.continueIfAsked(ctx, request);
        pending = new Pending(api, new PostBody(request, MAX_BODY_BYTES));
    }

    /** Part of the body of the present request; nothing if it has been taken. */
    void content(ChannelHandlerContext ctx, HttpContent content) {
        Pending begun = pending;
        if (begun == null) {
            return;
        }
        HttpRequest request = begun.body.request();
        if (content.decoderResult().isFailure() || !begun.body.add(content.content())) {
            end();
            responder.refuse(ctx, request, HttpProblem.BODY_TOO_LARGE, false);
        } else if (content instanceof LastHttpContent) {
            pending = null;
            IpAddress remote = AddressGate.clientOf(ctx, request);
            ApiRequest question = remote == null ? null : read(request, begun.body.takeText(), remote);
            if (question == null) {
                responder.refuse(ctx, request, HttpProblem.BAD_API_BODY, false);
            } else {
                ask(ctx, request, begun.api, question);
            }
        }
    }

    private void ask(ChannelHandlerContext ctx, HttpRequest request, HttpApi api, ApiRequest question) {
        asked = api;
        ctx.pipeline().get(RequestDeadline.class).pause();
        api.answer(question, answer -> {
            if (ctx.executor().inEventLoop()) {
                answered(ctx, request, answer);
            } else {
                ctx.executor().execute(() -> answered(ctx, request, answer));
            }
        });
    }

    private void answered(ChannelHandlerContext ctx, HttpRequest request, ApiAnswer answer) {
        if (asked == null) {
            return; // whoever asked is gone
        }
        asked = null;
        ctx.pipeline().get(RequestDeadline.class).rest();
        responder.answer(ctx, request, HttpAnswers.api(answer));
    }

    /** Null if address or body cannot be read. */
    private @Nullable ApiRequest read(HttpRequest request, @Nullable String text, IpAddress remote) {
        try {
            QueryStringDecoder uri = decoder(request.uri(), true);
            ApiBody body = text == null ? null : bodyOf(request, text);
            return body == null
                    ? null
                    : new ApiRequest(
                            request.method().name(),
                            uri.path(),
                            firstOfEach(uri),
                            body,
                            only(request, HttpHeaderNames.AUTHORIZATION),
                            originOf(request),
                            remote);
        } catch (IllegalArgumentException malformed) {
            return null; // an escape that is none
        }
    }

    private static @Nullable ApiBody bodyOf(HttpRequest request, String text) {
        if (text.isEmpty()) {
            return ApiBody.NONE;
        }
        return ApiBody.isForm(request.headers().get(HttpHeaderNames.CONTENT_TYPE, ""))
                ? ApiBody.ofForm(firstOfEach(decoder(text, false)))
                : ApiBody.findJson(text);
    }

    private static QueryStringDecoder decoder(String text, boolean hasPath) {
        return new QueryStringDecoder(text, StandardCharsets.UTF_8, hasPath, MAX_PARAMETERS);
    }

    private static Map<String, String> firstOfEach(QueryStringDecoder fields) {
        Map<String, String> first = new HashMap<>();
        fields.parameters().forEach((name, values) -> first.put(name, values.getFirst()));
        return first;
    }

    /** Null if there is none; of several nothing can be known, so they count as one that is wrong. */
    private static @Nullable String only(HttpRequest request, CharSequence name) {
        List<String> values = request.headers().getAll(name);
        return values.isEmpty() ? null : values.size() == 1 ? values.getFirst() : "";
    }

    private ApiRequest.@Nullable PageOrigin originOf(HttpRequest request) {
        String text = only(request, HttpHeaderNames.ORIGIN);
        boolean preflight = request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
        return text == null ? null : new ApiRequest.PageOrigin(text, routes.isOfServer(request), preflight);
    }

    /** The connection is gone, or the request is refused. */
    void end() {
        asked = null;
        Pending begun = pending;
        if (begun != null) {
            pending = null;
            begun.body.release();
        }
    }
}
