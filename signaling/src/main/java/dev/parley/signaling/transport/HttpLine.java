package dev.parley.signaling.transport;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.core.Departure;
import dev.parley.signaling.core.HubLimit;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request as a line: answered once with a batch, or kept open as a stream of events. Event loop only. */
final class HttpLine implements LineWriter {
    /** What a request is for. */
    enum Kind {
        /** Begins a session, or takes one over. */
        FIRST,
        /** Brings messages. */
        POST,
        /** Fetches one batch of messages. */
        POLL,
        /** Fetches messages as they come. */
        STREAM
    }

    private final SessionRoutes routes;
    private final HttpResponder responder;
    private final ChannelHandlerContext ctx;
    private final HttpRequest request;
    private final Kind kind;
    private final Runnable onAnswered;
    private @Nullable Line line;
    private @Nullable SocketWriter stream;
    private @Nullable Future<?> lapse;
    private boolean wroteSinceLapse;
    private boolean over;

    /** @param onAnswered run when the connection can take another request */
    HttpLine(
            SessionRoutes routes,
            HttpResponder responder,
            ChannelHandlerContext ctx,
            HttpRequest request,
            Kind kind,
            Runnable onAnswered) {
        this.routes = routes;
        this.responder = responder;
        this.ctx = ctx;
        this.request = request;
        this.kind = kind;
        this.onAnswered = onAnswered;
    }

    /** Tells the hub; what it answers is written by {@link #write}. */
    void open(IpAddress remote, LineKey key, LineEvent event) {
        Line opened = kind == Kind.STREAM
                ? Line.stream(remote, routes.dialect, ctx.channel(), this, key)
                : Line.answer(remote, routes.dialect, ctx.channel(), this, key);
        line = opened;
        if (kind == Kind.POLL || kind == Kind.STREAM) {
            ctx.pipeline().get(RequestDeadline.class).pause();
            waits(true);
            scheduleLapse();
        }
        routes.hub.post(event, opened);
    }

    private void waits(boolean waits) {
        if (kind == Kind.STREAM) {
            routes.counters.streamIsOpen(waits);
        } else if (kind == Kind.POLL) {
            routes.counters.pollWaits(waits);
        }
    }

    private void scheduleLapse() {
        wroteSinceLapse = false;
        lapse = ctx.executor().schedule(this::lapsed, routes.limits.of(HubLimit.POLL_SECONDS), TimeUnit.SECONDS);
    }

    /** Proxies cut a connection over which nothing goes. */
    private void lapsed() {
        if (line != null && !wroteSinceLapse) {
            routes.hub.post(new LineEvent.Lapsed(), line);
        }
        if (kind == Kind.STREAM) {
            scheduleLapse();
        }
    }

    @Override
    public void write(List<Outgoing> batch) {
        if (over) {
            batch.forEach(Outgoing::release);
        } else if (batch.getFirst() instanceof Outgoing.UnknownSession) {
            batch.forEach(Outgoing::release);
            ended();
            onAnswered.run();
            responder.refuse(ctx, request, HttpProblem.NO_SESSION, true);
        } else if (kind == Kind.STREAM) {
            wroteSinceLapse = true;
            stream().write(batch);
        } else {
            answer(batch);
        }
    }

    private SocketWriter stream() {
        if (stream == null) {
            responder.beginStream(ctx, request);
            stream = new SocketWriter(
                    ctx.channel(),
                    EventStreamFraming.INSTANCE,
                    routes.limits,
                    routes.counters,
                    () -> lost(Departure.LOST));
        }
        return stream;
    }

    private void answer(List<Outgoing> batch) {
        ended();
        onAnswered.run();
        MessageArray messages = new MessageArray(routes.limits, routes.counters);
        batch.forEach(messages::add);
        LineKey key = messages.isLast() ? null : keyOfNewSession();
        responder.messages(ctx, request, messages.finish(), key, messages.isLast());
    }

    private @Nullable LineKey keyOfNewSession() {
        return kind == Kind.FIRST && line != null && line.session() != null ? line.key() : null;
    }

    /** The client is gone, or does not read. */
    void lost(Departure departure) {
        if (!over) {
            ended();
            if (line != null) {
                routes.hub.post(new LineEvent.Closed(departure), line);
            }
        }
    }

    private void ended() {
        over = true;
        waits(false);
        if (lapse != null) {
            lapse.cancel(false);
        }
    }
}
