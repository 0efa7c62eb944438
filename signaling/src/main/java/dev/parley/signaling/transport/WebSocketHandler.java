package dev.parley.signaling.transport;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.auth.BearerToken;
import dev.parley.signaling.core.ClientMessage;
import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.Departure;
import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.Ref;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.dialect.DecodeResult;
import dev.parley.signaling.dialect.Dialect;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Turns the frames of one WebSocket into events for the hub. The last handler of its pipeline, so the one that
 * catches.
 */
final class WebSocketHandler extends ChannelInboundHandlerAdapter {
    /** RFC 6455 section 7.4.2. */
    static final int MAX_CLOSE_CODE = 4999;

    private final @Nullable String origin;
    private final FreshIds ids;
    private final HubInbox hub;
    private final int helloSeconds;
    private final HubCounters counters;
    private final FaultLog faults;
    private final Dialect dialect;
    private final SocketWriter writer;
    private final MessageAssembler assembler;
    private final Line line;
    private boolean over;

    WebSocketHandler(
            Channel channel,
            IpAddress remote,
            @Nullable String origin,
            FreshIds ids,
            HubInbox hub,
            HubLimits limits,
            HubCounters counters,
            FaultLog faults,
            Dialect dialect) {
        this.origin = origin;
        this.ids = ids;
        this.hub = hub;
        this.helloSeconds = limits.of(HubLimit.HELLO_SECONDS);
        this.counters = counters;
        this.faults = faults;
        this.dialect = dialect;
        this.writer = new SocketWriter(channel, WebSocketFraming.INSTANCE, limits, counters, () -> end(Departure.LOST));
        this.assembler = new MessageAssembler(limits);
        this.line = Line.socket(remote, dialect, channel, writer);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.executor().schedule(this::expectHello, helloSeconds, TimeUnit.SECONDS);
    }

    private void expectHello() {
        if (line.session() == null && !line.isPaused() && !over && !writer.isClosing()) {
            close(CloseReason.NO_HELLO);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof CloseWebSocketFrame frame) {
                closed(frame);
            } else if (!writer.isClosing() && message instanceof WebSocketFrame frame) {
                read(frame);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(WebSocketFrame frame) {
        switch (frame) {
            case TextWebSocketFrame text -> assemble(text);
            case ContinuationWebSocketFrame more -> assemble(more);
            case PingWebSocketFrame ping -> {
                hub.post(new LineEvent.Heard(), line);
                writer.writeNow(new PongWebSocketFrame(ping.content().retain()));
            }
            case PongWebSocketFrame pong -> hub.post(new LineEvent.Heard(), line);
            case BinaryWebSocketFrame binary -> close(CloseReason.TEXT_ONLY);
            default -> close(CloseReason.PROTOCOL_ERROR);
        }
    }

    private void assemble(WebSocketFrame frame) {
        switch (assembler.add(frame.content(), frame.isFinalFragment())) {
            case MessageAssembler.Result.Incomplete() -> {}
            case MessageAssembler.Result.TooBig() -> close(CloseReason.TOO_BIG);
            case MessageAssembler.Result.Complete(String text) -> received(text);
        }
    }

    private void received(String text) {
        counters.messageIn();
        hub.post(
                switch (dialect.decode(text)) {
                    case DecodeResult.Hello(var token, var room, var ref) -> hello(token, room, ref);
                    case DecodeResult.Refresh(var stamp, var token, var room, var ref) ->
                        new LineEvent.Refresh(stamp, token, room, origin, ref);
                    case DecodeResult.Resume(var key, var received, var ref) ->
                        new LineEvent.Resume(key, received, ids.keyOf(key.session()), ref);
                    case DecodeResult.Bye(var stamp, var key, var ref) ->
                        new LineEvent.Message(stamp, new ClientMessage.Bye(ref));
                    case DecodeResult.Understood(var stamp, var message) -> new LineEvent.Message(stamp, message);
                    case DecodeResult.NotUnderstood(var stamp, var refusal, var detail, var ref) ->
                        new LineEvent.BadMessage(stamp, refusal, detail, ref);
                },
                line);
    }

    private LineEvent hello(@Nullable BearerToken token, @Nullable RoomName room, @Nullable Ref ref) {
        SessionId id = ids.session();
        return new LineEvent.Hello(id, ids.keyOf(id), token, room, origin, ref);
    }

    private void closed(CloseWebSocketFrame frame) {
        int code = frame.statusCode();
        if (code > MAX_CLOSE_CODE) { // the decoder has checked those below
            close(CloseReason.PROTOCOL_ERROR);
            return;
        }
        boolean inOrder = code == WebSocketCloseStatus.NORMAL_CLOSURE.code()
                || code == WebSocketCloseStatus.ENDPOINT_UNAVAILABLE.code()
                || code == WebSocketCloseStatus.EMPTY.code()
                || code < 0;
        end(inOrder ? Departure.LEFT : Departure.LOST);
        writer.answerClose(frame.retain());
    }

    private void close(CloseReason reason) {
        end(Departure.CLOSED);
        writer.close(reason);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(Departure.LOST);
        ctx.fireChannelInactive();
    }

    /** Tells the hub, once. */
    private void end(Departure departure) {
        if (!over) {
            over = true;
            assembler.release();
            hub.post(new LineEvent.Closed(departure), line);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        switch (cause) {
            case CorruptedWebSocketFrameException corrupted -> close(reasonOf(corrupted.closeStatus()));
            case IOException broken -> {
                end(Departure.LOST);
                ctx.close();
            }
            default -> {
                SessionId session = line.session();
                faults.report("session " + (session == null ? "to be" : session.value()), cause);
                close(CloseReason.INTERNAL_ERROR);
            }
        }
    }

    static CloseReason reasonOf(WebSocketCloseStatus status) {
        if (status.code() == WebSocketCloseStatus.MESSAGE_TOO_BIG.code()) {
            return CloseReason.TOO_BIG;
        }
        return status.code() == WebSocketCloseStatus.INVALID_PAYLOAD_DATA.code()
                ? CloseReason.BAD_UTF8
                : CloseReason.PROTOCOL_ERROR;
    }
}
