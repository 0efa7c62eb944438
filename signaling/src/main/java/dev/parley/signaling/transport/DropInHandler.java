package dev.parley.signaling.transport;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.dropin.DropInEvent;
import dev.parley.signaling.core.dropin.LineId;
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
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Turns the frames of one WebSocket into events for a drop-in endpoint. Text in binary frames is understood, as the
 * stock servers do. The last handler of its pipeline, so the one that catches.
 *
 * @param <M> the messages of the endpoint's clients
 */
final class DropInHandler<M> extends ChannelInboundHandlerAdapter {
    private final DropInEndpoint<M, ?> endpoint;
    private final IpAddress remote;
    private final @Nullable M first;
    private final LineId id;
    private final FaultLog faults;
    private final SocketWriter writer;
    private final MessageAssembler assembler;
    private final Line line;
    private boolean over;

    /**
     * @param first what the client said with its request for the WebSocket; null if nothing
     */
    DropInHandler(
            Channel channel,
            IpAddress remote,
            DropInEndpoint<M, ?> endpoint,
            @Nullable M first,
            HubLimits limits,
            HubCounters counters,
            FaultLog faults) {
        this.endpoint = endpoint;
        this.remote = remote;
        this.first = first;
        this.id = endpoint.freshLine();
        this.faults = faults;
        this.writer = new SocketWriter(channel, WebSocketFraming.INSTANCE, limits, counters, this::end);
        this.assembler = new MessageAssembler(limits);
        this.line = Line.dropIn(remote, channel, writer);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        endpoint.post(new DropInEvent.Opened<>(id, remote), line);
        if (first != null) {
            endpoint.post(new DropInEvent.Received<>(id, first), line);
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
            case BinaryWebSocketFrame binary -> assemble(binary);
            case ContinuationWebSocketFrame more -> assemble(more);
            case PingWebSocketFrame ping -> {
                endpoint.post(new DropInEvent.Heard<>(id), line);
                writer.writeNow(new PongWebSocketFrame(ping.content().retain()));
            }
            case PongWebSocketFrame pong -> endpoint.post(new DropInEvent.Heard<>(id), line);
            default -> close(CloseReason.PROTOCOL_ERROR);
        }
    }

    private void assemble(WebSocketFrame frame) {
        switch (assembler.add(frame.content(), frame.isFinalFragment())) {
            case MessageAssembler.Result.Incomplete() -> {}
            case MessageAssembler.Result.TooBig() -> close(CloseReason.TOO_BIG);
            case MessageAssembler.Result.Complete(String text) -> endpoint.received(id, text, line);
        }
    }

    private void closed(CloseWebSocketFrame frame) {
        if (frame.statusCode() > WebSocketHandler.MAX_CLOSE_CODE) {
            close(CloseReason.PROTOCOL_ERROR);
            return;
        }
        end();
        writer.answerClose(frame.retain());
    }

    private void close(CloseReason reason) {
        end();
        writer.close(reason);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end();
        ctx.fireChannelInactive();
    }

    /** Tells the endpoint, once. */
    private void end() {
        if (!over) {
            over = true;
            assembler.release();
            endpoint.post(new DropInEvent.Closed<>(id), line);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        switch (cause) {
            case CorruptedWebSocketFrameException corrupted ->
                close(WebSocketHandler.reasonOf(corrupted.closeStatus()));
            case IOException broken -> {
                end();
                ctx.close();
            }
            default -> {
                faults.report("a connection of a drop-in endpoint", cause);
                close(CloseReason.INTERNAL_ERROR);
            }
        }
    }
}
