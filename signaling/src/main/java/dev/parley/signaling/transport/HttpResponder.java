package dev.parley.signaling.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;

/** Answers the requests of one connection, until one is its last. Event loop only. */
final class HttpResponder {
    /** Answers a client may leave unread before it is cut off. */
    static final int MAX_UNREAD_ANSWERS = 16;

    private final HubCounters counters;
    private int unreadAnswers;
    private boolean finished;

    HttpResponder(HubCounters counters) {
        this.counters = counters;
    }

    /** Whether the last answer has been given; requests behind it are not looked at. */
    boolean isFinished() {
        return finished;
    }

    void finish() {
        finished = true;
    }

    /** A missing file is an ordinary thing on a page; after anything else the connection is not trusted any more. */
    void refuse(ChannelHandlerContext ctx, HttpRequest request, HttpProblem problem, boolean toPagesElsewhere) {
        counters.request(true);
        boolean keep = problem == HttpProblem.NOT_FOUND && HttpUtil.isKeepAlive(request);
        FullHttpResponse answer = HttpAnswers.problem(request, problem);
        if (toPagesElsewhere) {
            Cors.allow(answer, request.headers());
        }
        write(ctx, answer, keep);
    }

    void file(ChannelHandlerContext ctx, HttpRequest request, StaticFile file) {
        counters.request(false);
        write(ctx, HttpAnswers.file(request, file), HttpUtil.isKeepAlive(request));
    }

    /** Made by somebody else; taken over. */
    void answer(ChannelHandlerContext ctx, HttpRequest request, FullHttpResponse answer) {
        counters.request(answer.status().code() >= 400);
        write(ctx, answer, HttpUtil.isKeepAlive(request));
    }

    /**
     * A JSON array of messages.
     *
     * @param retainedJson taken over
     * @param key of the session that begins with it, or null
     * @param last whether the session ends with it
     */
    void messages(
            ChannelHandlerContext ctx, HttpRequest request, ByteBuf retainedJson, @Nullable LineKey key, boolean last) {
        counters.request(false);
        FullHttpResponse answer = HttpAnswers.messages(retainedJson);
        Cors.allow(answer, request.headers());
        if (key != null) {
            answer.headers().set(Cors.SESSION, key.text());
        }
        ctx.pipeline().get(RequestDeadline.class).rest();
        write(ctx, answer, !last && HttpUtil.isKeepAlive(request));
    }

    /** The head of a stream of events; whoever writes the events closes the connection. */
    void beginStream(ChannelHandlerContext ctx, HttpRequest request) {
        counters.request(false);
        HttpResponse answer = HttpAnswers.eventStream();
        Cors.allow(answer, request.headers());
        ctx.write(answer, ctx.voidPromise());
    }

    /** What a page may send. */
    void preflight(ChannelHandlerContext ctx, HttpRequest request) {
        counters.request(false);
        FullHttpResponse answer = HttpAnswers.preflight();
        Cors.allow(answer, request.headers());
        Cors.allowRequests(answer);
        write(ctx, answer, HttpUtil.isKeepAlive(request));
    }

    /** RFC 9110 section 10.1.1. */
    void continueIfAsked(ChannelHandlerContext ctx, HttpRequest request) {
        if (HttpUtil.is100ContinueExpected(request)) {
            ctx.writeAndFlush(new DefaultFullHttpResponse(request.protocolVersion(), HttpResponseStatus.CONTINUE));
        }
    }

    private void write(ChannelHandlerContext ctx, FullHttpResponse answer, boolean keepAlive) {
        unreadAnswers++;
        if (unreadAnswers > MAX_UNREAD_ANSWERS) {
            answer.release();
            finished = true;
            ctx.close();
            return;
        }
        if (!keepAlive) {
            finished = true;
            answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        ChannelFuture written = ctx.writeAndFlush(answer).addListener(done -> unreadAnswers--);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }
}
