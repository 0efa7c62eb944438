package dev.parley.turn.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.turn.loop.TurnCounters;
import dev.parley.turn.loop.WireDrop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SegmentWriterTest {
    static {
        Epoll.isAvailable(); // loads the library that gives kernel errors their names; opens nothing
    }

    private static final InetSocketAddress ALICE = new InetSocketAddress("192.0.2.1", 1000);
    private static final InetSocketAddress BOB = new InetSocketAddress("192.0.2.2", 2000);
    private static final int EIO = -5;
    private static final int EINVAL = -22;
    private static final int EPERM = -1;

    private final Refuser refuser = new Refuser();
    private final EmbeddedChannel channel = new EmbeddedChannel(refuser);
    private final FlushQueue queue = new FlushQueue();
    private final TurnCounters counters = new TurnCounters();
    private final SegmentWriter writer = new SegmentWriter(channel, null, true, queue, counters);

    @AfterEach
    void nothingIsLeft() {
        channel.finishAndReleaseAll();
    }

    @Test
    void equalLengthsToOneDestinationBecomeOneSend() {
        add(100, ALICE, 3);

        assertThat(flushed()).containsExactly("192.0.2.1 100/300");
    }

    @Test
    void theLastOfARunMayBeShorterAndEndsIt() {
        add(100, ALICE, 2);
        add(40, ALICE, 1);
        add(40, ALICE, 1);

        assertThat(flushed()).containsExactly("192.0.2.1 100/240", "192.0.2.1 40");
    }

    @Test
    void aLongerOneStartsAnotherRun() {
        add(40, ALICE, 2);
        add(100, ALICE, 1);

        assertThat(flushed()).containsExactly("192.0.2.1 40/80", "192.0.2.1 100");
    }

    @Test
    void anotherDestinationStartsAnotherRunAndOrderIsKept() {
        add(100, ALICE, 1);
        add(100, BOB, 2);
        add(100, ALICE, 1);

        assertThat(flushed()).containsExactly("192.0.2.1 100", "192.0.2.2 100/200", "192.0.2.1 100");
    }

    @Test
    void aSendHasAtMost64Segments() {
        add(10, ALICE, 65);

        assertThat(flushed()).containsExactly("192.0.2.1 10/640", "192.0.2.1 10");
    }

    @Test
    void aSendHasAtMostWhatAnIpPacketHolds() {
        add(1400, ALICE, 50);

        // 46 x 1400 is the last multiple below 65,507.
        assertThat(flushed()).containsExactly("192.0.2.1 1400/64400", "192.0.2.1 1400/5600");
    }

    @Test
    void theHeaderStandsBeforeEachPayload() {
        writer.add(Unpooled.copiedBuffer(new byte[] {1, 2}), 0x4000_0002, ALICE);
        writer.add(Unpooled.copiedBuffer(new byte[] {3}), 0x4001_0001, ALICE);
        queue.flushAll();

        SegmentedDatagramPacket sent = channel.readOutbound();
        byte[] bytes = new byte[sent.content().readableBytes()];
        sent.content().readBytes(bytes);
        sent.release();
        assertThat(bytes).containsExactly(0x40, 0, 0, 2, 1, 2, 0x40, 1, 0, 1, 3);
    }

    @Test
    void anEmptyPayloadWithAHeaderIsAnOrdinaryDatagram() {
        writer.add(Unpooled.EMPTY_BUFFER, 0x4000_0000, ALICE);

        assertThat(flushed()).containsExactly("192.0.2.1 4");
    }

    @Test
    void whatCameBeforeAnEmptyDatagramLeavesBeforeIt() {
        add(100, ALICE, 2);
        writer.add(channel.alloc().directBuffer(0), SegmentWriter.NO_HEADER, ALICE);

        // This channel has no system call for empty datagrams, so the empty one itself is a counted refusal.
        assertThat(outbound()).containsExactly("192.0.2.1 100/200");
        assertThat(counters.drops(WireDrop.SEND_REFUSED)).isEqualTo(1);
        add(100, ALICE, 1);
        assertThat(flushed()).containsExactly("192.0.2.1 100");
    }

    @Test
    void aDeviceWithoutOffloadLosesNothingAndIsSparedFromThenOn() {
        refuser.errorForSegmented = EIO;
        add(100, ALICE, 2);
        add(30, ALICE, 1);
        assertThat(flushed()).containsExactly("192.0.2.1 100", "192.0.2.1 100", "192.0.2.1 30");

        add(50, BOB, 2);
        assertThat(flushed()).containsExactly("192.0.2.2 50", "192.0.2.2 50");
        assertThat(refuser.refusals).isEqualTo(1);
        assertThat(counters.drops(WireDrop.SEND_REFUSED)).isZero();
    }

    @Test
    void aSegmentTooLongForOnePathSparesOnlyThatDestination() {
        refuser.errorForSegmented = EINVAL;
        add(100, ALICE, 2);
        assertThat(flushed()).containsExactly("192.0.2.1 100", "192.0.2.1 100");
        refuser.errorForSegmented = 0;

        add(100, ALICE, 2);
        add(99, ALICE, 2);
        add(100, BOB, 2);
        assertThat(flushed())
                .containsExactly("192.0.2.1 100", "192.0.2.1 100", "192.0.2.1 99/198", "192.0.2.2 100/200");
    }

    @Test
    void anotherErrorOfASegmentedSendIsCountedForEachDatagram() {
        refuser.errorForSegmented = EPERM;
        add(100, ALICE, 3);

        assertThat(flushed()).isEmpty();
        assertThat(counters.drops(WireDrop.SEND_REFUSED)).isEqualTo(3);
    }

    @Test
    void aFullSocketDropsAndCounts() {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        add(100, ALICE, 3);

        assertThat(flushed()).isEmpty();
        assertThat(counters.drops(WireDrop.SEND_QUEUE_FULL)).isEqualTo(3);
    }

    @Test
    void withoutKernelSupportEveryDatagramIsItsOwnSend() {
        SegmentWriter plain = new SegmentWriter(channel, null, false, queue, counters);
        plain.add(payload(100), SegmentWriter.NO_HEADER, ALICE);
        plain.add(payload(100), SegmentWriter.NO_HEADER, ALICE);

        assertThat(flushed()).containsExactly("192.0.2.1 100", "192.0.2.1 100");
    }

    @Test
    void discardedDatagramsAreReleased() {
        ByteBuf payload = payload(100);
        writer.add(payload, SegmentWriter.NO_HEADER, ALICE);
        writer.discard();

        assertThat(payload.refCnt()).isZero();
        assertThat(flushed()).isEmpty();
    }

    private void add(int bytes, InetSocketAddress to, int times) {
        for (int i = 0; i < times; i++) {
            writer.add(payload(bytes), SegmentWriter.NO_HEADER, to);
        }
    }

    private ByteBuf payload(int bytes) {
        return channel.alloc().directBuffer(bytes).writeZero(bytes);
    }

    private List<String> flushed() {
        queue.flushAll();
        return outbound();
    }

    /** Destination, segment length, and the whole length of a segmented send. */
    private List<String> outbound() {
        List<String> sent = new ArrayList<>();
        for (DatagramPacket packet = channel.readOutbound(); packet != null; packet = channel.readOutbound()) {
            String host = packet.recipient().getHostString();
            int bytes = packet.content().readableBytes();
            sent.add(
                    packet instanceof SegmentedDatagramPacket segmented
                            ? host + " " + segmented.segmentSize() + "/" + bytes
                            : host + " " + bytes);
            packet.release();
        }
        return sent;
    }

    /** A kernel that refuses segmented sends with an error, if one is set. */
    private static final class Refuser extends ChannelOutboundHandlerAdapter {
        private int errorForSegmented;
        private int refusals;

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (errorForSegmented != 0 && message instanceof SegmentedDatagramPacket) {
                refusals++;
                ReferenceCountUtil.release(message);
                promise.setFailure(new NativeIoException("sendmmsg", errorForSegmented));
            } else {
                context.write(message, promise);
            }
        }
    }
}
