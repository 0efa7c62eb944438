package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.HubLimits;
import dev.parley.testing.LeakCheck;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class SocketWriterTest {
    private final MockTicker ticker = Ticker.newMockTicker();
    private final FullSocket socket = new FullSocket();
    private final EmbeddedChannel channel =
            EmbeddedChannel.builder().ticker(ticker).handlers(socket).build();
    private final HubCounters counters = new HubCounters();
    private final List<String> slow = new ArrayList<>();
    private final SocketWriter writer = new SocketWriter(
            channel, WebSocketFraming.INSTANCE, HubLimits.defaults(), counters, () -> slow.add("slow"));

    /** A socket that takes nothing until it is told to. */
    private static final class FullSocket extends ChannelOutboundHandlerAdapter {
        final List<ChannelPromise> waiting = new ArrayList<>();
        final List<Object> written = new ArrayList<>();

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            written.add(nameOf(message));
            ReferenceCountUtil.release(message);
            waiting.add(promise);
        }

        private static Object nameOf(Object message) {
            return switch (message) {
                case CloseWebSocketFrame close -> close.statusCode();
                case HttpContent event -> event.content().toString(StandardCharsets.US_ASCII);
                default -> "text";
            };
        }

        void takeAll() {
            waiting.stream().filter(promise -> !promise.isVoid()).forEach(promise -> promise.trySuccess());
            waiting.clear();
        }
    }

    private static Outgoing.Text text() {
        return new Outgoing.Text(ByteBufUtil.writeUtf8(ByteBufAllocator.DEFAULT, "x"), 0);
    }

    private void advance(long nanos) {
        ticker.advance(nanos, TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void writeThatWaitsForTheWholeDeadlineClosesTheConnection() {
        writer.write(List.of(text(), text()));
        advance(TimeUnit.SECONDS.toNanos(10) - 1);
        assertThat(slow).isEmpty();
        advance(1);

        assertThat(slow).containsExactly("slow");
        assertThat(socket.written).containsExactly("text", "text", CloseReason.SLOW_READER.code());
        assertThat(channel.isOpen()).isFalse();
        assertThat(counters.closes()).containsEntry(CloseReason.SLOW_READER, 1L);
    }

    @Test
    void slowButSteadyReaderIsNotClosed() {
        for (int i = 0; i < 20; i++) {
            writer.write(List.of(text()));
            advance(TimeUnit.SECONDS.toNanos(9));
            socket.takeAll();
        }
        assertThat(slow).isEmpty();
        assertThat(channel.isOpen()).isTrue();
        channel.finishAndReleaseAll();
    }

    @Test
    void nothingFollowsAClose() {
        writer.write(List.of(text(), new Outgoing.Close(CloseReason.FLOOD), text(), new Outgoing.Ping()));
        writer.write(List.of(text()));

        assertThat(socket.written).containsExactly("text", CloseReason.FLOOD.code());
        assertThat(writer.isClosing()).isTrue();
        channel.finishAndReleaseAll();
    }

    @Test
    void streamOfEventsThatIsNotReadIsClosedTheSameWay() {
        SocketWriter events = new SocketWriter(
                channel, EventStreamFraming.INSTANCE, HubLimits.defaults(), counters, () -> slow.add("slow"));
        events.write(List.of(text()));
        advance(TimeUnit.SECONDS.toNanos(10) - 1);
        assertThat(slow).isEmpty();
        advance(1);

        assertThat(slow).containsExactly("slow");
        assertThat(socket.written).first().isEqualTo("data: x\n\n");
        assertThat(socket.written)
                .last()
                .asString()
                .startsWith("event: closed\ndata: {")
                .contains("4011");
        assertThat(channel.isOpen()).isFalse();
    }
}
