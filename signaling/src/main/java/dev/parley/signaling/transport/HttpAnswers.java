package dev.parley.signaling.transport;

import dev.parley.signaling.api.ApiAnswer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** The responses of the HTTP side, each with the headers that keep a page from being framed, sniffed or extended. */
final class HttpAnswers {
    static final String CONTENT_SECURITY_POLICY = "default-src 'self'; connect-src 'self' ws: wss:; "
            + "img-src 'self' data: blob:; media-src 'self' blob: mediastream:; object-src 'none'; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'";
    static final String PERMISSIONS =
            "camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), geolocation=(), usb=()";

    private HttpAnswers() {}

    /** The file, or only its headers for HEAD, or 304 if the client has it. */
    static FullHttpResponse file(HttpRequest request, StaticFile file) {
        boolean known = file.etag().equals(request.headers().get(HttpHeaderNames.IF_NONE_MATCH));
        boolean withContent = !known && request.method().equals(HttpMethod.GET);
        FullHttpResponse answer = answer(
                known ? HttpResponseStatus.NOT_MODIFIED : HttpResponseStatus.OK,
                withContent ? file.content() : Unpooled.EMPTY_BUFFER);
        answer.headers()
                .set(HttpHeaderNames.ETAG, file.etag())
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .set(HttpHeaderNames.CONTENT_TYPE, file.contentType());
        if (!known) {
            answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, file.length());
        }
        return answer;
    }

    /** A refusal; the connection is closed after it unless the caller keeps it. */
    static FullHttpResponse problem(HttpRequest request, HttpProblem problem) {
        ByteBuf body = Unpooled.copiedBuffer(problem.json(), StandardCharsets.UTF_8);
        int length = body.readableBytes();
        boolean head = request.method().equals(HttpMethod.HEAD);
        FullHttpResponse answer = answer(problem.status(), head ? Unpooled.EMPTY_BUFFER : body);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.CONTENT_LENGTH, length)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        switch (problem) {
            case METHOD -> answer.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
            case POST_ONLY -> answer.headers().set(HttpHeaderNames.ALLOW, "POST, OPTIONS");
            case GET_ONLY -> answer.headers().set(HttpHeaderNames.ALLOW, "GET, OPTIONS");
            case WEBSOCKET_VERSION ->
                answer.headers()
                        .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13")
                        .set(HttpHeaderNames.UPGRADE, "websocket");
            case ORIGIN -> answer.headers().set(HttpHeaderNames.VARY, "Origin");
            default -> {}
        }
        return answer;
    }

    /** A text made for this request, or only its headers for HEAD. */
    static FullHttpResponse text(HttpRequest request, HttpResponseStatus status, String contentType, String text) {
        ByteBuf body = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        int length = body.readableBytes();
        boolean head = request.method().equals(HttpMethod.HEAD);
        FullHttpResponse answer = answer(status, head ? Unpooled.EMPTY_BUFFER : body);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CONTENT_LENGTH, length)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        return answer;
    }

    /** What an API answers. */
    static FullHttpResponse api(ApiAnswer api) {
        FullHttpResponse answer = answer(
                HttpResponseStatus.valueOf(api.status()), Unpooled.copiedBuffer(api.body(), StandardCharsets.UTF_8));
        answer.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        if (!api.body().isEmpty()) {
            answer.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                    .set(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes());
        }
        api.headers().forEach(header -> answer.headers().add(header.name(), header.value()));
        return answer;
    }

    /** Messages of the hub, as a JSON array; takes the buffer over. */
    static FullHttpResponse messages(ByteBuf retainedJson) {
        int length = retainedJson.readableBytes();
        FullHttpResponse answer = answer(HttpResponseStatus.OK, retainedJson);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.CONTENT_LENGTH, length)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        return answer;
    }

    /** The head of a stream of events, which goes on until the connection is closed. */
    static HttpResponse eventStream() {
        HttpResponse answer = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        protect(answer)
                .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .set("X-Accel-Buffering", "no");
        return answer;
    }

    /** The answer to a page that asks what it may send. */
    static FullHttpResponse preflight() {
        return answer(HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER);
    }

    private static FullHttpResponse answer(HttpResponseStatus status, ByteBuf content) {
        FullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        protect(answer);
        return answer;
    }

    private static HttpHeaders protect(HttpResponse answer) {
        return answer.headers()
                .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY)
                .set("Permissions-Policy", PERMISSIONS)
                .set("Referrer-Policy", "no-referrer")
                .set("X-Content-Type-Options", "nosniff")
                .set("Cross-Origin-Opener-Policy", "same-origin");
    }
}
