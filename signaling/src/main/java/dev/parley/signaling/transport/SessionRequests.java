package dev.parley.signaling.transport;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.core.ClientMessage;
import dev.parley.signaling.core.Departure;
import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.dialect.DecodeResult;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one connection that carry sessions: one after another, each a line that ends with its answer, or goes
 * on as a stream of events. Event loop only; nothing waits on a thread.
 */
final class SessionRequests {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,15}");

    private final SessionRoutes routes;
    private final HttpResponder responder;

    /** The request whose body is on its way. */
    private volatile @Nullable PostBody body;

    /** The request that waits for its answer, or the stream. */
    private volatile @Nullable HttpLine waiting;

    SessionRequests(SessionRoutes routes, HttpResponder responder) {
        this.routes = routes;
        this.responder = responder;
    }

    /** Any thread: whether a request has been begun and not been answered. */
    boolean isBusy() {
        return body != null || waiting != null;
    }

    /** How long the body of a request may be; 0 where none is taken. */
    int maxBodyBytes(HttpRequest request, String path) {
        return routes.maxBodyBytes(request, path);
    }

    /**
     * Takes a request to one of the {@link SessionRoutes}.
     *
     * @param broken the rule for all requests that this one breaks, or null
     */
    void begin(ChannelHandlerContext ctx, HttpRequest request, String path, @Nullable HttpProblem broken) {
        HttpProblem problem = broken == null ? routes.findProblem(request, path) : broken;
        if (problem != null) {
            refuse(ctx, request, problem);
        } else if (request.method().equals(HttpMethod.OPTIONS)) {
            responder.preflight(ctx, request);
        } else if (path.equals(SessionRoutes.EVENTS)) {
            events(ctx, request);
        } else {
            responder.continueIfAsked(ctx, request);
            body = new PostBody(request, routes.limits.of(HubLimit.MESSAGE_BYTES));
        }
    }

    private void refuse(ChannelHandlerContext ctx, HttpRequest request, HttpProblem problem) {
        responder.refuse(ctx, request, problem, routes.admitsOrigin(request));
    }

    private void events(ChannelHandlerContext ctx, HttpRequest request) {
        LineKey key = keyOf(request.headers());
        Long received = receivedOf(request);
        if (key == null) {
            refuse(ctx, request, HttpProblem.NO_SESSION);
        } else if (received == null) {
            refuse(ctx, request, HttpProblem.BAD_NUMBER);
        } else {
            boolean poll = request.headers().get(HttpHeaderNames.ACCEPT, "").contains("application/json");
            open(
                    ctx,
                    request,
                    key,
                    poll ? HttpLine.Kind.POLL : HttpLine.Kind.STREAM,
                    new LineEvent.Carry(key, received));
        }
    }

    private static @Nullable LineKey keyOf(HttpHeaders headers) {
        List<String> keys = headers.getAll(Cors.SESSION);
        return keys.size() == 1 ? LineKey.find(keys.getFirst()) : null;
    }

    /** The number of the last message the client has; null if that is none. */
    private static @Nullable Long receivedOf(HttpRequest request) {
        List<String> inQuery =
                new QueryStringDecoder(request.uri()).parameters().getOrDefault("received", List.of("0"));
        String text = request.headers().get(Cors.LAST_EVENT_ID, inQuery.getFirst());
        return NUMBER.matcher(text).matches() ? Long.valueOf(text) : null;
    }

    /** Part of the body of the present request; nothing if it has none. */
    void content(ChannelHandlerContext ctx, HttpContent content) {
        PostBody begun = body;
        if (begun == null) {
            return;
        }
        if (content.decoderResult().isFailure() || !begun.add(content.content())) {
            end();
            refuse(ctx, begun.request(), HttpProblem.BODY_TOO_LARGE);
        } else if (content instanceof LastHttpContent) {
            body = null;
            HttpProblem problem = complete(ctx, begun.request(), begun.takeText());
            if (problem != null) {
                refuse(ctx, begun.request(), problem);
            }
        }
    }

    private @Nullable HttpProblem complete(ChannelHandlerContext ctx, HttpRequest request, @Nullable String text) {
        if (text == null) {
            return HttpProblem.NOT_UTF8;
        }
        List<String> messages = MessageList.split(text, routes.limits.of(HubLimit.POST_MESSAGES));
        if (messages == null) {
            return HttpProblem.BODY_TOO_LARGE;
        }
        routes.counters.posted();
        messages.forEach(message -> routes.counters.messageIn());
        if (!request.headers().contains(Cors.SESSION)) {
            return messages.size() == 1 ? first(ctx, request, messages.getFirst()) : HttpProblem.HELLO_FIRST;
        }
        LineKey key = keyOf(request.headers());
        if (key == null) {
            return HttpProblem.NO_SESSION;
        }
        List<LineEvent.Said> said = new ArrayList<>();
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        messages.forEach(message -> said.add(saidIn(message, origin)));
        open(ctx, request, key, HttpLine.Kind.POST, new LineEvent.Post(key, said));
        return null;
    }

    /** What begins or continues a session, or the last words of a page that can set no header any more. */
    private @Nullable HttpProblem first(ChannelHandlerContext ctx, HttpRequest request, String text) {
        switch (routes.dialect.decode(text)) {
            case DecodeResult.Hello(var token, var room, var ref) -> {
                SessionId id = routes.ids.session();
                String origin = request.headers().get(HttpHeaderNames.ORIGIN);
                LineEvent hello = new LineEvent.Hello(id, routes.ids.keyOf(id), token, room, origin, ref);
                open(ctx, request, routes.ids.lineKeyOf(id), HttpLine.Kind.FIRST, hello);
            }
            case DecodeResult.Resume(var key, var received, var ref) -> {
                SessionId id = key.session();
                LineEvent resume = new LineEvent.Resume(key, received, routes.ids.keyOf(id), ref);
                open(ctx, request, routes.ids.lineKeyOf(id), HttpLine.Kind.FIRST, resume);
            }
            case DecodeResult.Bye(var stamp, var sessionKey, var ref) -> {
                LineKey key = sessionKey == null ? null : LineKey.find(sessionKey);
                if (key == null) {
                    return HttpProblem.NO_SESSION;
                }
                var bye = new LineEvent.Message(stamp, new ClientMessage.Bye(ref));
                open(ctx, request, key, HttpLine.Kind.POST, new LineEvent.Post(key, List.of(bye)));
            }
            case DecodeResult.Understood _, DecodeResult.NotUnderstood _, DecodeResult.Refresh _ -> {
                return HttpProblem.HELLO_FIRST;
            }
        }
        return null;
    }

    private LineEvent.Said saidIn(String text, @Nullable String origin) {
        return switch (routes.dialect.decode(text)) {
            case DecodeResult.Understood(var stamp, var message) -> new LineEvent.Message(stamp, message);
            case DecodeResult.Bye(var stamp, var key, var ref) ->
                new LineEvent.Message(stamp, new ClientMessage.Bye(ref));
            case DecodeResult.NotUnderstood(var stamp, var refusal, var detail, var ref) ->
                new LineEvent.BadMessage(stamp, refusal, detail, ref);
            case DecodeResult.Hello hello -> LineEvent.BadMessage.secondHello(hello.ref());
            case DecodeResult.Refresh(var stamp, var token, var room, var ref) ->
                new LineEvent.Refresh(stamp, token, room, origin, ref);
            case DecodeResult.Resume(var key, var received, var ref) -> LineEvent.BadMessage.secondHello(ref);
        };
    }

    private void open(
            ChannelHandlerContext ctx, HttpRequest request, LineKey key, HttpLine.Kind kind, LineEvent event) {
        IpAddress remote = AddressGate.clientOf(ctx, request);
        if (remote == null) {
            ctx.close();
            return;
        }
        HttpLine line = new HttpLine(routes, responder, ctx, request, kind, () -> waiting = null);
        waiting = line;
        line.open(remote, key, event);
    }

    /** The connection is gone. */
    void end() {
        PostBody begun = body;
        if (begun != null) {
            body = null;
            begun.release();
        }
        HttpLine line = waiting;
        if (line != null) {
            waiting = null;
            line.lost(Departure.LOST);
        }
    }
}
