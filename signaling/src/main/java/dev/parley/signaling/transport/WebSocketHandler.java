package dev.parley.signaling.transport;

import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.Departure;
import dev.parley.signaling.core.HubLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
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
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * Turns the frames of one WebSocket into what its {@link Conversation} hears. The last handler of its pipeline, so the
 * one that catches.
 */
final class WebSocketHandler extends ChannelInboundHandlerAdapter {
    /** RFC 6455 section 7.4.2. */
    private static final int MAX_CLOSE_CODE = 4999;

    /** RFC 6455 section 5.5.1. */
    private static final int CLOSE_CODE_BYTES = 2;

    private final Channel channel;
    private final FaultLog faults;
    private final SocketWriter writer;
    private final MessageAssembler assembler;
    private final Conversation conversation;
    private boolean over;

    /**
     * @param conversation makes the conversation for this connection and its writer
     */
    WebSocketHandler(
            Channel channel,
            HubLimits limits,
            HubCounters counters,
            FaultLog faults,
            BiFunction<Channel, LineWriter, Conversation> conversation) {
        this.channel = channel;
        this.faults = faults;
        this.writer = new SocketWriter(channel, WebSocketFraming.INSTANCE, limits, counters, () -> end(Departure.LOST));
        this.assembler = new MessageAssembler(limits);
        this.conversation = conversation.apply(channel, writer);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        conversation.begin(this);
    }

    /** Runs this on the event loop when so many seconds have gone by, unless the WebSocket has ended by then. */
    void after(int seconds, Runnable task) {
        channel.eventLoop()
                .schedule(
                        () -> {
                            if (!over && !writer.isClosing()) {
                                task.run();
                            }
                        },
                        seconds,
                        TimeUnit.SECONDS);
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
            case BinaryWebSocketFrame binary when conversation.takesBinary() -> assemble(binary);
            case BinaryWebSocketFrame binary -> close(CloseReason.TEXT_ONLY);
            case ContinuationWebSocketFrame more -> assemble(more);
            case PingWebSocketFrame ping -> {
                conversation.heard();
                writer.writeNow(new PongWebSocketFrame(ping.content().retain()));
            }
            case PongWebSocketFrame pong -> conversation.heard();
            default -> close(CloseReason.PROTOCOL_ERROR);
        }
    }

    private void assemble(WebSocketFrame frame) {
        switch (assembler.add(frame.content(), frame.isFinalFragment())) {
            case MessageAssembler.Result.Incomplete() -> {}
            case MessageAssembler.Result.TooBig() -> close(CloseReason.TOO_BIG);
            case MessageAssembler.Result.NotUtf8() -> close(CloseReason.BAD_UTF8);
            case MessageAssembler.Result.Complete(String text) -> conversation.received(text);
        }
    }

    private void closed(CloseWebSocketFrame frame) {
        int code = frame.statusCode();
        if (code > MAX_CLOSE_CODE) { // the decoder has checked those below
            close(CloseReason.PROTOCOL_ERROR);
            return;
        }
        if (!isReasonText(frame.content())) {
            close(CloseReason.BAD_UTF8);
            return;
        }
        boolean inOrder = code == WebSocketCloseStatus.NORMAL_CLOSURE.code()
                || code == WebSocketCloseStatus.ENDPOINT_UNAVAILABLE.code()
                || code == WebSocketCloseStatus.EMPTY.code()
                || code < 0;
        end(inOrder ? Departure.LEFT : Departure.LOST);
        writer.answerClose(frame.retain());
    }

    /** Whether the reason is UTF-8; the decoder has not noticed one that ends inside a character. */
    private static boolean isReasonText(ByteBuf codeAndReason) {
        int length = codeAndReason.readableBytes() - CLOSE_CODE_BYTES;
        int start = codeAndReason.readerIndex() + CLOSE_CODE_BYTES;
        return length <= 0 || ByteBufUtil.isText(codeAndReason, start, length, StandardCharsets.UTF_8);
    }

    /** Ends it from this side. */
    void close(CloseReason reason) {
        end(Departure.CLOSED);
        writer.close(reason);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(Departure.LOST);
        ctx.fireChannelInactive();
    }

    private void end(Departure how) {
        if (!over) {
            over = true;
            assembler.release();
            conversation.ended(how);
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
                faults.report(conversation.name(), cause);
                close(CloseReason.INTERNAL_ERROR);
            }
        }
    }

    private static CloseReason reasonOf(WebSocketCloseStatus status) {
        if (status.code() == WebSocketCloseStatus.MESSAGE_TOO_BIG.code()) {
            return CloseReason.TOO_BIG;
        }
        return status.code() == WebSocketCloseStatus.INVALID_PAYLOAD_DATA.code()
                ? CloseReason.BAD_UTF8
                : CloseReason.PROTOCOL_ERROR;
    }
}
