package dev.parley.signaling.transport;

import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one line that stays open and notices when the client does not read. Event loop only.
 *
 * <p>Too much waiting, or something waiting too long, closes this connection alone; whoever sent the messages never
 * waits.
 */
final class SocketWriter implements LineWriter {
    /** How long a client has to answer a close frame before the connection is cut. */
    static final long CLOSE_ANSWER_SECONDS = 2;

    private final Channel channel;
    private final LineFraming framing;
    private final HubLimits limits;
    private final HubCounters counters;
    private final Runnable onSlowReader;

    /** The last write of some batch that had not gone out at once; it must within the write deadline. */
    private @Nullable ChannelFuture watched;

    private boolean closing;

    SocketWriter(Channel channel, LineFraming framing, HubLimits limits, HubCounters counters, Runnable onSlowReader) {
        this.channel = channel;
        this.framing = framing;
        this.limits = limits;
        this.counters = counters;
        this.onSlowReader = onSlowReader;
    }

    /** Whether a close frame has been sent; nothing follows it. */
    boolean isClosing() {
        return closing;
    }

    /** Writes all and flushes once, unless so much waits that it has to look whether the socket takes it. */
    @Override
    public void write(List<Outgoing> batch) {
        for (int i = 0; i < batch.size(); i++) {
            boolean last = i == batch.size() - 1;
            switch (batch.get(i)) {
                case Outgoing.Text(ByteBuf retainedText, long number) ->
                    write(framing.text(retainedText, number), last);
                case Outgoing.Ping() -> write(framing.ping(), last);
                case Outgoing.Close(CloseReason reason) -> close(reason);
                case Outgoing.UnknownSession() -> close(CloseReason.NO_HELLO);
            }
        }
        channel.flush();
    }

    /** Writes something of the kind of line's own, which this takes over. */
    void writeNow(Object frame) {
        write(frame, true);
        channel.flush();
    }

    private void write(Object frame, boolean watch) {
        if (!closing && isOverCap()) {
            channel.flush();
            if (isOverCap()) {
                giveUp();
            }
        }
        if (closing) {
            ReferenceCountUtil.release(frame);
            return;
        }
        if (watch && watched == null) {
            ChannelPromise promise = channel.newPromise();
            channel.writeAndFlush(frame, promise);
            watch(promise);
        } else {
            channel.write(frame, channel.voidPromise());
        }
    }

    private boolean isOverCap() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting != null && isOverCap(waiting.totalPendingWriteBytes(), waiting.size(), limits);
    }

    /** A message is accepted as long as what waits before it is below both caps. */
    static boolean isOverCap(long waitingBytes, int waitingMessages, HubLimits limits) {
        return waitingBytes >= limits.of(HubLimit.OUTBOUND_BYTES)
                || waitingMessages >= limits.of(HubLimit.OUTBOUND_MESSAGES);
    }

    private void watch(ChannelFuture write) {
        if (write.isDone()) {
            return;
        }
        watched = write;
        write.addListener(done -> watched = null);
        channel.eventLoop()
                .schedule(
                        () -> {
                            if (!write.isDone() && !closing) {
                                giveUp();
                            }
                        },
                        limits.of(HubLimit.WRITE_SECONDS),
                        TimeUnit.SECONDS);
    }

    private void giveUp() {
        onSlowReader.run();
        sendClose(CloseReason.SLOW_READER).addListener(ChannelFutureListener.CLOSE);
        channel.close(); // best effort: the close frame gets no more room than the rest had
    }

    /** Says why, and cuts the connection if the client does not answer soon. */
    void close(CloseReason reason) {
        if (!closing) {
            ChannelFuture sent = sendClose(reason);
            if (!framing.isCloseAnswered()) {
                sent.addListener(ChannelFutureListener.CLOSE);
            }
            channel.config().setAutoRead(true); // to see the answer, were reading paused
            channel.eventLoop().schedule(() -> channel.close(), CLOSE_ANSWER_SECONDS, TimeUnit.SECONDS);
        }
    }

    private ChannelFuture sendClose(CloseReason reason) {
        closing = true;
        counters.closed(reason);
        return channel.writeAndFlush(framing.close(reason));
    }

    /** Answers the client's close frame and ends the connection. */
    void answerClose(CloseWebSocketFrame retainedFrame) {
        if (closing) {
            retainedFrame.release();
            channel.close();
        } else {
            closing = true;
            channel.writeAndFlush(retainedFrame).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
