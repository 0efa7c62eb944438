package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.dialect.NativeDialect;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxesTest {
    private final List<String> course = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter() {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            course.add("caught " + cause.getMessage());
        }
    });

    private Line line(LineWriter writer) {
        return Line.socket(IpAddress.parse("203.0.113.7"), new NativeDialect(HubLimits.defaults()), channel, writer);
    }

    @Test
    void lineThatFailsCostsNobodyElseAnything() {
        Outboxes outboxes = new Outboxes();
        Line failing = line(batch -> {
            throw new IllegalStateException("a mistake");
        });
        Line next = line(batch -> course.add("next wrote " + batch.size()));
        outboxes.attach(new SessionId("a"), failing);
        outboxes.attach(new SessionId("b"), next);
        outboxes.queue(failing, new Outgoing.Ping());
        outboxes.queue(next, new Outgoing.Ping());

        assertThat(outboxes.handOver(() -> course.add("delivered"))).isEqualTo(1);
        channel.runPendingTasks();
        assertThat(course).containsExactly("caught a mistake", "next wrote 1", "delivered");
        channel.finishAndReleaseAll();
    }
}
