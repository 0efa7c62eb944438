package dev.parley.signaling.transport;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.dialect.Dialect;
import dev.parley.signaling.dialect.NativeDialect;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Turns an HTTP connection into a WebSocket: the answer of RFC 6455 section 4.2.2, and the pipeline after it. */
final class WebSocketUpgrade {
    /** RFC 6455 section 1.3. */
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final HubInbox hub;
    private final HubLimits limits;
    private final HubCounters counters;
    private final FaultLog faults;
    private final Dialect dialect;
    private final FreshIds ids = new FreshIds();

    WebSocketUpgrade(HubInbox hub, HubLimits limits, HubCounters counters, FaultLog faults) {
        this.hub = hub;
        this.limits = limits;
        this.counters = counters;
        this.faults = faults;
        this.dialect = new NativeDialect(limits);
    }

    /** Called for a request that keeps to {@link UpgradeRules}. */
    void upgrade(ChannelHandlerContext ctx, HttpRequest request, IpAddress remote) {
        FullHttpResponse answer = answer(request);
        if (request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)) {
            answer.headers().set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, NativeDialect.PROTOCOL);
        }
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        upgrade(
                ctx,
                answer,
                new WebSocketHandler(
                        ctx.channel(),
                        limits,
                        counters,
                        faults,
                        (channel, writer) -> conversation(origin, Line.socket(remote, dialect, channel, writer))));
    }

    private Conversation conversation(@Nullable String origin, Line line) {
        return new SessionConversation(origin, ids, hub, limits.of(HubLimit.HELLO_SECONDS), counters, line);
    }

    /** For a WebSocket of another language than ours, whose messages this handler takes. */
    void upgrade(ChannelHandlerContext ctx, HttpRequest request, ChannelHandler session) {
        upgrade(ctx, answer(request), session);
    }

    private void upgrade(ChannelHandlerContext ctx, FullHttpResponse answer, ChannelHandler session) {
        counters.upgraded();
        ctx.writeAndFlush(answer);
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.remove(RequestDeadline.class);
        pipeline.addLast("session", session);
        pipeline.remove(ctx.handler());
        pipeline.addBefore("session", "frame-encoder", new WebSocket13FrameEncoder(false));
        pipeline.replace(HttpServerCodec.class, "frame-decoder", new WebSocket13FrameDecoder(decoderConfig()));
    }

    private static FullHttpResponse answer(HttpRequest request) {
        FullHttpResponse answer =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
        answer.headers()
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(
                        HttpHeaderNames.SEC_WEBSOCKET_ACCEPT,
                        acceptanceOf(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY)));
        return answer;
    }

    static String acceptanceOf(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + KEY_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }

    /** No extension is negotiated; a violation reaches the handler, which closes with our own words. */
    private WebSocketDecoderConfig decoderConfig() {
        return WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(limits.of(HubLimit.MESSAGE_BYTES))
                .expectMaskedFrames(true)
                .allowMaskMismatch(false)
                .allowExtensions(false)
                .closeOnProtocolViolation(false)
                .build();
    }
}
