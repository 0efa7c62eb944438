package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.dialect.DecodeResult;
import dev.parley.signaling.dialect.NativeDialect;
import dev.parley.testing.LeakCheck;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Denial of service, section 3 rows 20 to 25 and 27 of the security list: what a client may hold, and how long. */
@ExtendWith(LeakCheck.class)
class AbuseRowsTest {
    private static final int CAP = 65_536;

    private final HubHarness harness = new HubHarness();

    private HttpChannel open() {
        HttpChannel channel = harness.connectWebSocket();
        channel.sentFrames();
        return channel;
    }

    @Test
    void section3Row20WhoSaysNothingIsGoneAfterFiveSecondsAndOthersArePinged() {
        HttpChannel mute = harness.connectSilently();
        HttpChannel member = harness.join("r");
        member.sentFrames();
        harness.advance(5, TimeUnit.SECONDS);
        assertThat(mute.sentFrames()).containsExactly("close 4002 no-hello");
        harness.advance(20, TimeUnit.SECONDS);
        assertThat(member.sentFrames()).containsExactly("ping");
        harness.advance(35, TimeUnit.SECONDS);
        assertThat(member.sentFrames()).singleElement().asString().startsWith("close 4013 silent; reconnect-after=");
        harness.closeAll();
    }

    @Test
    void section3Row20AnAddressHas128SessionsAndNotOneMore() {
        for (int i = 0; i < 128; i++) {
            assertThat(harness.connectWebSocket().sentFrames())
                    .first()
                    .asString()
                    .contains("welcome");
        }
        assertThat(harness.connectWebSocket().sentFrames())
                .singleElement()
                .asString()
                .startsWith("close 1013 try-later; reconnect-after=");
        harness.closeAll();
    }

    /** What is put together from the most frames there may be, counted as everything the thread asked the heap for. */
    @Test
    void section3Row21AMessageInFramesTakesNoMoreThanTwiceTheCapAtOnce() {
        MessageAssembler assembler = new MessageAssembler(HubLimits.defaults());
        ByteBuf kib = Unpooled.wrappedBuffer(new byte[1024]);
        for (int i = 0; i < 63; i++) {
            assertThat(assembler.add(kib, false)).isEqualTo(MessageAssembler.Result.INCOMPLETE);
        }
        System.out.println("section 3 row 21: " + assembler.heldBytes() + " bytes held for 63 KiB");
        assertThat(assembler.heldBytes()).isLessThanOrEqualTo(2 * CAP);
        assembler.add(kib, false);
        assertThat(assembler.add(kib, false)).isEqualTo(MessageAssembler.Result.TOO_BIG);
        assertThat(assembler.heldBytes()).isZero();
    }

    @Test
    void section3Row21ADeclaredLengthReservesNothing() {
        HttpChannel channel = open();
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {1, (byte) 0xFF, 0, 0, 0, 0, 0x40, 0, 0, 0}));
        assertThat(channel.sentFrames()).containsExactly("close 1009 too-big");
        long spent = threads.getCurrentThreadAllocatedBytes() - before;
        System.out.println("section 3 row 21: a declared GiB costs " + spent + " bytes");
        assertThat(spent).isLessThan(1 << 20);
        harness.closeAll();
    }

    @Test
    void section3Row22ThereIsNothingToInflate() {
        HttpChannel channel = harness.connect();
        channel.sendAscii(HttpRequests.upgrade("Sec-WebSocket-Extensions: permessage-deflate"));
        assertThat(channel.sentAscii()).startsWith("HTTP/1.1 101 ").doesNotContainIgnoringCase("extensions");
        assertThat(channel.pipeline().toMap().values().toString()).doesNotContainIgnoringCase("flate", "compress");
        harness.closeAll();
    }

    /** At the limits, and one more. */
    static Stream<String> jsonBombs() {
        String number = "{\"type\":\"ping\",\"x\":";
        return Stream.of(
                number + "[".repeat(15) + "]".repeat(15) + "}|" + number + "[".repeat(16) + "]".repeat(16) + "}",
                number + "1".repeat(20) + "}|" + number + "1".repeat(21) + "}",
                number + "[" + "1,".repeat(248) + "1]}|" + number + "[" + "1,".repeat(252) + "1]}",
                number + "{\"a\":1,\"b\":1}}|" + number + "{\"a\":1,\"a\":1}}");
    }

    @ParameterizedTest
    @MethodSource("jsonBombs")
    void section3Row23JsonIsBoundedInDepthTokensNumbersAndNames(String bombs) {
        NativeDialect dialect = new NativeDialect(HubLimits.defaults());
        String fits = bombs.split("\\|", -1)[0];
        String bursts = bombs.split("\\|", -1)[1];
        assertThat(dialect.decode(fits)).isInstanceOf(DecodeResult.Understood.class);
        assertThat(dialect.decode(bursts)).isInstanceOf(DecodeResult.NotUnderstood.class);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 50; i++) {
            long before = System.nanoTime();
            dialect.decode(i % 2 == 0 ? fits : bursts);
            least = Math.min(least, System.nanoTime() - before);
        }
        System.out.println("section 3 row 23: " + least / 1000 + " us");
        assertThat(least).isLessThan(1_000_000);
    }

    @Test
    void section3Row24AFloodEndsWith4008AndNobodyElseNotices() {
        HttpChannel flooder = harness.join("r");
        HttpChannel other = harness.join("s");
        flooder.sentFrames();
        for (int i = 0; i < 400; i++) {
            flooder.sendText("{\"type\":\"signal\",\"room\":\"r\",\"data\":1}");
        }
        harness.settle();
        List<String> answers = flooder.sentFrames();
        assertThat(answers).first().asString().contains("slow-down");
        assertThat(answers).last().asString().startsWith("close 4008 flood; reconnect-after=");
        other.sendText("{\"type\":\"ping\"}");
        harness.settle();
        assertThat(other.sentFrames()).containsExactly("{\"type\":\"pong\",\"ack\":0}");
        harness.closeAll();
    }

    @Test
    void section3Row27ASessionHasOnePollAndAConnectionOneRequest() {
        HttpClientLine ann = new HttpClientLine(harness).hello();
        ann.post("{\"type\":\"join\",\"room\":\"r\",\"seq\":1}");
        ann.poll();
        assertThat(ann.poll()).isEmpty();
        HttpClientLine twin = ann.twin();
        assertThat(twin.poll()).isEmpty();
        assertThat(harness.counters.pollsWaiting()).isOne();
        assertThat(ann.post(" ".repeat(CAP + 1))).startsWith("HTTP/1.1 413 ");

        String poll = HttpRequests.of("GET /events HTTP/1.1", "Host: h", "Parley-Session: " + ann.key());
        HttpChannel greedy = harness.connect();
        greedy.sendAscii(poll + poll);
        harness.settle();
        assertThat(greedy.isOpen()).isFalse();
        harness.closeAll();
    }
}
