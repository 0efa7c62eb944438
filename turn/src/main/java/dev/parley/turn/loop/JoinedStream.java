package dev.parley.turn.loop;

import dev.parley.turn.core.Allocation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/**
 * One of two connections that carry each other's bytes (RFC 6062 section 5.4). Nothing is dropped: while the other one
 * takes no more, or the bandwidth is used up, this one is not read. When this one ends, the other gets what is on its
 * way, and ends too.
 */
final class JoinedStream extends ChannelInboundHandlerAdapter {
    /** How long the other side may take for the last bytes. */
    private static final long LINGER_SECONDS = 30;

    /** Longest time without a look at the bandwidth, which may have become more meanwhile. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Channel own;
    private final Channel other;
    private final Meter meter;
    private boolean overBandwidth;

    /** Both ends of the way between a client and a peer. */
    record Pair(JoinedStream ofClient, JoinedStream ofPeer) {
        static Pair of(Channel client, Channel peer, Allocation allocation, TurnLoop loop, TurnCounters counters) {
            return new Pair(
                    new JoinedStream(client, peer, new Meter(allocation, PacketClass.STREAM_UP, loop, counters)),
                    new JoinedStream(peer, client, new Meter(allocation, PacketClass.STREAM_DOWN, loop, counters)));
        }
    }

    /** Counts the bytes of one direction. */
    private record Meter(Allocation allocation, PacketClass direction, TurnLoop loop, TurnCounters counters) {
        /** Nanoseconds in which nothing more shall be read. */
        long took(int bytes) {
            counters.passed(direction, bytes);
            if (direction == PacketClass.STREAM_UP) {
                allocation.traffic().up(bytes);
            } else {
                allocation.traffic().down(bytes);
            }
            return charge(bytes);
        }

        long charge(int bytes) {
            return allocation.bandwidth().charge(bytes, loop.nowNanos());
        }
    }

    private JoinedStream(Channel own, Channel other, Meter meter) {
        this.own = own;
        this.other = other;
        this.meter = meter;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        long waitNanos = meter.took(((ByteBuf) bytes).readableBytes());
        other.write(bytes, other.voidPromise());
        if (waitNanos > 0 && !overBandwidth) {
            overBandwidth = true;
            own.config().setAutoRead(false);
            lookAgainIn(waitNanos);
        }
    }

    private void lookAgainIn(long waitNanos) {
        meter.loop.eventLoop().schedule(this::lookAtBandwidth, Math.min(waitNanos, LOOK_NANOS), TimeUnit.NANOSECONDS);
    }

    private void lookAtBandwidth() {
        long waitNanos = meter.charge(0);
        overBandwidth = waitNanos > 0 && own.isActive();
        if (overBandwidth) {
            lookAgainIn(waitNanos);
        } else {
            readIfMay();
        }
        meter.loop.endTurn();
    }

    private void readIfMay() {
        own.config().setAutoRead(!overBandwidth && other.isWritable());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        other.flush();
        if (!other.isWritable()) {
            own.config().setAutoRead(false);
        }
        meter.loop.endTurn();
    }

    /** This side takes bytes again, or no more. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        JoinedStream feeding = other.pipeline().get(JoinedStream.class);
        if (own.isWritable() && feeding != null) {
            feeding.readIfMay();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        meter.loop.eventLoop().schedule(() -> other.close(), LINGER_SECONDS, TimeUnit.SECONDS);
        context.fireChannelInactive();
        meter.loop.endTurn();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
