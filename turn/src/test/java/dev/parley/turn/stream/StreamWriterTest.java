package dev.parley.turn.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.turn.socket.FlushQueue;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamWriterTest {
    private final FlushQueue queue = new FlushQueue();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final StreamWriter writer = new StreamWriter(channel, queue);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void channelDataIsPaddedWithZerosToAMultipleOfFour() {
        assertThat(sentFor("")).containsExactly("40000000");
        assertThat(sentFor("01")).containsExactly("4000000101000000");
        assertThat(sentFor("0102")).containsExactly("4000000201020000");
        assertThat(sentFor("010203")).containsExactly("4000000301020300");
        assertThat(sentFor("01020304")).containsExactly("4000000401020304");
    }

    @Test
    void whatComesInOneTurnLeavesTogether() {
        writer.add(Unpooled.copiedBuffer(new byte[] {1, 2, 3, 4}));
        writer.add(0x4000_0001, Unpooled.copiedBuffer(new byte[] {5}));
        assertThat(channel.<ByteBuf>readOutbound()).isNull();

        queue.flushAll();

        assertThat(sent()).containsExactly("010203044000000105000000");
    }

    @Test
    void inTlsEachMessageIsWrittenByItself() {
        writer.keepApart();
        writer.add(Unpooled.copiedBuffer(new byte[] {1, 2, 3, 4}));
        writer.add(0x4000_0001, Unpooled.copiedBuffer(new byte[] {5}));
        queue.flushAll();

        assertThat(sent()).containsExactly("01020304", "4000000105000000");
    }

    @Test
    void aChunkIsNotLongerThanATlsRecordUnlessOneMessageIs() {
        for (int i = 0; i < 40; i++) {
            writer.add(0x4000_0000 | 1000, Unpooled.buffer().writeZero(1000));
        }
        writer.add(0x4000_0000 | 30_000, Unpooled.buffer().writeZero(30_000));
        queue.flushAll();

        assertThat(sent().stream().map(hex -> hex.length() / 2))
                .containsExactly(16 * 1004, 16 * 1004, 8 * 1004, 30_004);
    }

    @Test
    void whatIsGatheredForADeadConnectionIsForgotten() {
        ByteBuf payload = Unpooled.buffer().writeZero(10);
        writer.add(0x4000_000A, payload);
        writer.discard();
        queue.flushAll();

        assertThat(payload.refCnt()).isZero();
        assertThat(sent()).isEmpty();
    }

    private List<String> sentFor(String payload) {
        writer.add(0x4000_0000 | payload.length() / 2, Unpooled.copiedBuffer(ByteBufUtil.decodeHexDump(payload)));
        queue.flushAll();
        return sent();
    }

    private List<String> sent() {
        List<String> sent = new ArrayList<>();
        for (ByteBuf chunk = channel.readOutbound(); chunk != null; chunk = channel.readOutbound()) {
            sent.add(ByteBufUtil.hexDump(chunk));
            chunk.release();
        }
        return sent;
    }
}
