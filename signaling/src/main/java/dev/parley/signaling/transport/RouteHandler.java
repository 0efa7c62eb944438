package dev.parley.signaling.transport;

import dev.parley.ice.address.IpAddress;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of one connection: files, the way into a WebSocket, or a refusal. The one that catches
 * before the upgrade.
 */
final class RouteHandler extends SimpleChannelInboundHandler<HttpObject> {
    static final String WEB_SOCKET_PATH = "/ws";

    /** Answers a client may leave unread before it is cut off. */
    static final int MAX_UNREAD_ANSWERS = 16;

    private final StaticFiles files;
    private final UpgradeRules upgradeRules;
    private final WebSocketUpgrade upgrade;
    private final HubCounters counters;
    private final FaultLog faults;
    private final DropIns dropIns;
    private int unreadAnswers;
    private boolean finished;

    RouteHandler(
            StaticFiles files,
            UpgradeRules upgradeRules,
            WebSocketUpgrade upgrade,
            DropIns dropIns,
            HubCounters counters,
            FaultLog faults) {
        this.files = files;
        this.upgradeRules = upgradeRules;
        this.upgrade = upgrade;
        this.dropIns = dropIns;
        this.counters = counters;
        this.faults = faults;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject object) {
        if (finished || !(object instanceof HttpRequest request)) {
            return; // after the last answer, or the empty end of a request without body
        }
        HttpProblem problem = RequestRules.findProblem(request);
        if (problem != null) {
            refuse(ctx, request, problem);
            return;
        }
        String path = pathOf(request.uri());
        DropInRoute dropIn = dropIns.find(request, path);
        if (path.equals(WEB_SOCKET_PATH)) {
            webSocket(ctx, request);
        } else if (dropIn != null) {
            dropIn(ctx, request, dropIn);
        } else {
            file(ctx, request, files.find(path));
        }
    }

    private void dropIn(ChannelHandlerContext ctx, HttpRequest request, DropInRoute route) {
        switch (route) {
            case DropInRoute.Answer(FullHttpResponse answer) -> {
                counters.request(answer.status().code() >= 400);
                answer(ctx, answer, HttpUtil.isKeepAlive(request));
            }
            case DropInRoute.Problem(HttpProblem problem) -> refuse(ctx, request, problem);
            case DropInRoute.Socket(DropInRoute.Opening opening) -> dropInSocket(ctx, request, opening);
        }
    }

    private void dropInSocket(ChannelHandlerContext ctx, HttpRequest request, DropInRoute.Opening opening) {
        HttpProblem problem = upgradeRules.findProblemOfAnyLanguage(request);
        IpAddress remote = AddressGate.remoteOf(ctx.channel().remoteAddress());
        if (problem != null) {
            refuse(ctx, request, problem);
        } else if (remote == null) {
            ctx.close();
        } else {
            counters.request(false);
            finished = true;
            upgrade.upgrade(ctx, request, opening.open(ctx.channel(), remote));
        }
    }

    private static String pathOf(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    private void webSocket(ChannelHandlerContext ctx, HttpRequest request) {
        HttpProblem problem = upgradeRules.findProblem(request);
        IpAddress remote = AddressGate.remoteOf(ctx.channel().remoteAddress());
        if (problem != null) {
            refuse(ctx, request, problem);
        } else if (remote == null) {
            ctx.close();
        } else {
            counters.request(false);
            finished = true;
            upgrade.upgrade(ctx, request, remote);
        }
    }

    private void file(ChannelHandlerContext ctx, HttpRequest request, @Nullable StaticFile file) {
        boolean readable =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        if (file == null) {
            refuse(ctx, request, HttpProblem.NOT_FOUND);
        } else if (!readable) {
            refuse(ctx, request, HttpProblem.METHOD);
        } else {
            counters.request(false);
            answer(ctx, HttpAnswers.file(request, file), HttpUtil.isKeepAlive(request));
        }
    }

    /** A missing file is an ordinary thing on a page; after anything else the connection is not trusted any more. */
    private void refuse(ChannelHandlerContext ctx, HttpRequest request, HttpProblem problem) {
        counters.request(true);
        boolean keep = problem == HttpProblem.NOT_FOUND && HttpUtil.isKeepAlive(request);
        answer(ctx, HttpAnswers.problem(request, problem), keep);
    }

    private void answer(ChannelHandlerContext ctx, FullHttpResponse answer, boolean keepAlive) {
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

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        finished = true;
        // The codec throws at whoever asks faster than it reads answers; that is the client's mistake.
        if (!(cause instanceof IOException || cause instanceof DecoderException)) {
            faults.report("an HTTP connection", cause);
        }
        ctx.close();
    }
}
