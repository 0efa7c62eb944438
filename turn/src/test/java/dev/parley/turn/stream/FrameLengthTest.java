package dev.parley.turn.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameLengthTest {
    @ParameterizedTest
    @CsvSource({
        "000100002112a442, 20", // Binding without attributes
        "0001ff f82112a442, 65548",
        "00010008, 28", // the cookie has not come yet
        "40000000, 4",
        "40000001, 8",
        "40000002, 8",
        "40000003, 8",
        "40000004, 8",
        "4fffffff, 65540",
        "7fff0005, 12" // the range of RFC 5766
    })
    void theFirstFourBytesTellTheLengthWithItsPadding(String stream, int length) {
        assertThat(FrameLength.of(bytes(stream))).isEqualTo(length);
    }

    @ParameterizedTest
    @CsvSource({
        "0001fffd2112a442", // no multiple of four
        "0001ffff",
        "00010001",
        "000100002112a443", // not the cookie
        "0300001303e00000", // a remote desktop knocks
        "0300002c27e00000",
        "80",
        "16",
        "05",
        "ff"
    })
    void whatIsNeitherStunNorChannelDataIsBadAsSoonAsItShows(String stream) {
        assertThat(FrameLength.of(bytes(stream))).isEqualTo(FrameLength.BAD);
    }

    @Test
    void lessThanFourBytesTellNothing() {
        for (String stream : new String[] {"", "00", "0001", "000100", "40", "400000"}) {
            assertThat(FrameLength.of(bytes(stream))).as(stream).isEqualTo(FrameLength.UNKNOWN);
        }
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", "")));
    }
}
