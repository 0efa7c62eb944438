package dev.parley.signaling.transport;

import dev.parley.signaling.core.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;

/** One WebSocket frame for each (RFC 6455 section 5). */
enum WebSocketFraming implements LineFraming {
    INSTANCE;

    @Override
    public Object text(ByteBuf retainedText, long number) {
        return new TextWebSocketFrame(retainedText);
    }

    @Override
    public Object ping() {
        return new PingWebSocketFrame();
    }

    @Override
    public Object close(CloseReason reason) {
        return reason.hasStatus()
                ? new CloseWebSocketFrame(reason.code(), ReconnectHint.textOf(reason))
                : new CloseWebSocketFrame();
    }

    @Override
    public boolean isCloseAnswered() {
        return true;
    }
}
