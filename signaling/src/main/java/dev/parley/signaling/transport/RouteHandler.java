package dev.parley.signaling.transport;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.api.HttpApi;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of one connection: files, the way into a WebSocket, sessions without one, or a refusal. The one
 * that catches before the upgrade.
 */
final class RouteHandler extends SimpleChannelInboundHandler<HttpObject> {
    static final String WEB_SOCKET_PATH = "/ws";

    private final StaticFiles files;
    private final UpgradeRules upgradeRules;
    private final WebSocketUpgrade upgrade;
    private final HubCounters counters;
    private final FaultLog faults;
    private final DropIns dropIns;
    private final HttpResponder responder;
    private final SessionRequests sessions;
    private final ApiRequests apis;

    RouteHandler(
            StaticFiles files,
            UpgradeRules upgradeRules,
            WebSocketUpgrade upgrade,
            SessionRoutes sessionRoutes,
            ApiRoutes apiRoutes,
            DropIns dropIns,
            HubCounters counters,
            FaultLog faults) {
        this.files = files;
        this.upgradeRules = upgradeRules;
        this.upgrade = upgrade;
        this.dropIns = dropIns;
        this.counters = counters;
        this.faults = faults;
        this.responder = new HttpResponder(counters);
        this.sessions = new SessionRequests(sessionRoutes, responder);
        this.apis = new ApiRequests(apiRoutes, responder);
    }

    /** Any thread: whether a session waits for an answer over this connection. */
    boolean carriesSession() {
        return sessions.isBusy();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject object) {
        if (responder.isFinished()) {
            return; // after the last answer
        }
        if (object instanceof HttpRequest request) {
            begin(ctx, request);
        } else if (object instanceof HttpContent content) {
            sessions.content(ctx, content);
            apis.content(ctx, content);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        if (sessions.isBusy() || apis.isBusy()) {
            responder.finish(); // whoever asks again before he has his answer does not wait for it
            ctx.close();
            return;
        }
        String path = pathOf(request.uri());
        HttpApi api = apis.find(request);
        int maxBodyBytes = api == null ? sessions.maxBodyBytes(request, path) : ApiRequests.MAX_BODY_BYTES;
        HttpProblem problem = RequestRules.findProblem(request, maxBodyBytes);
        if (SessionRoutes.isOne(path)) {
            sessions.begin(ctx, request, path, problem);
        } else if (problem != null) {
            refuse(ctx, request, problem);
        } else if (api != null) {
            apis.begin(ctx, request, api);
        } else if (path.equals(WEB_SOCKET_PATH)) {
            webSocket(ctx, request);
        } else {
            elsewhere(ctx, request, path);
        }
    }

    private void elsewhere(ChannelHandlerContext ctx, HttpRequest request, String path) {
        DropInRoute dropIn = dropIns.find(request, path);
        if (dropIn != null) {
            dropIn(ctx, request, dropIn);
        } else {
            file(ctx, request, files.find(path));
        }
    }

    private void dropIn(ChannelHandlerContext ctx, HttpRequest request, DropInRoute route) {
        switch (route) {
            case DropInRoute.Answer(FullHttpResponse answer) -> {
                responder.answer(ctx, request, answer);
            }
            case DropInRoute.Problem(HttpProblem problem) -> refuse(ctx, request, problem);
            case DropInRoute.Socket(DropInRoute.Opening opening) -> dropInSocket(ctx, request, opening);
        }
    }

    private void dropInSocket(ChannelHandlerContext ctx, HttpRequest request, DropInRoute.Opening opening) {
        HttpProblem problem = upgradeRules.findProblemOfAnyLanguage(request);
        IpAddress remote = AddressGate.clientOf(ctx, request);
        if (problem != null) {
            refuse(ctx, request, problem);
        } else if (remote == null) {
            ctx.close();
        } else if (!AddressGate.keepFor(ctx, remote)) {
            refuse(ctx, request, HttpProblem.TOO_MANY_CONNECTIONS);
        } else {
            counters.request(false);
            responder.finish();
            upgrade.upgrade(ctx, request, opening.open(ctx.channel(), remote));
        }
    }

    private static String pathOf(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    private void webSocket(ChannelHandlerContext ctx, HttpRequest request) {
        HttpProblem problem = upgradeRules.findProblem(request);
        IpAddress remote = AddressGate.clientOf(ctx, request);
        if (problem != null) {
            refuse(ctx, request, problem);
        } else if (remote == null) {
            ctx.close();
        } else if (!AddressGate.keepFor(ctx, remote)) {
            refuse(ctx, request, HttpProblem.TOO_MANY_CONNECTIONS);
        } else {
            counters.request(false);
            responder.finish();
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
            responder.file(ctx, request, file);
        }
    }

    private void refuse(ChannelHandlerContext ctx, HttpRequest request, HttpProblem problem) {
        responder.refuse(ctx, request, problem, false);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        sessions.end();
        apis.end();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        responder.finish();
        // The codec throws at whoever asks faster than it reads answers; that is the client's mistake.
        if (!(cause instanceof IOException || cause instanceof DecoderException)) {
            faults.report("an HTTP connection", cause);
        }
        ctx.close();
    }
}
