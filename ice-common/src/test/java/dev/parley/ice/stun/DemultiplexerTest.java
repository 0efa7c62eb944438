package dev.parley.ice.stun;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemultiplexerTest {

    @ParameterizedTest
    @CsvSource({
        "0, 3, STUN",
        "4, 19, UNKNOWN",
        "20, 63, DTLS",
        "64, 127, CHANNEL_DATA",
        "128, 255, UNKNOWN",
    })
    void firstByteOfADatagramTellsItsProtocol(int from, int to, PacketKind kind) {
        for (int first = from; first <= to; first++) {
            assertThat(Demultiplexer.kind(startingWith(first))).as("%d", first).isEqualTo(kind);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 3, STUN",
        "4, 21, UNKNOWN",
        "22, 22, TLS",
        "23, 64, UNKNOWN",
        "65, 90, HTTP",
        "91, 255, UNKNOWN",
    })
    void firstByteOfAStreamTellsItsProtocol(int from, int to, PacketKind kind) {
        for (int first = from; first <= to; first++) {
            assertThat(Demultiplexer.streamKind(startingWith(first)))
                    .as("%d", first)
                    .isEqualTo(kind);
        }
    }

    @Test
    void nothingIsUnknown() {
        assertThat(Demultiplexer.kind(Unpooled.EMPTY_BUFFER)).isEqualTo(PacketKind.UNKNOWN);
        assertThat(Demultiplexer.streamKind(Unpooled.EMPTY_BUFFER)).isEqualTo(PacketKind.UNKNOWN);
    }

    @Test
    void channelDataHeaderSurvivesARoundTrip() {
        ByteBuf packet = Unpooled.buffer().writeZero(1).readerIndex(1);
        ChannelDataHeader.write(packet, 0x4FFF, 65535);
        assertThat(ChannelDataHeader.channelNumber(packet)).isEqualTo(0x4FFF);
        assertThat(ChannelDataHeader.length(packet)).isEqualTo(65535);
        assertThat(Vectors.hex(packet)).isEqualTo("4fffffff");
    }

    @ParameterizedTest
    @CsvSource({
        "0x3FFF, false, false",
        "0x4000, true, true",
        "0x4FFF, true, true",
        "0x5000, false, true",
        "0x7FFF, false, true",
        "0x8000, false, false",
        "0xFFFF, false, false",
    })
    void channelNumbersAre4000To4FffAndWereMoreOnce(String number, boolean today, boolean once) {
        assertThat(ChannelNumbers.RFC_8656.contain(Integer.decode(number))).isEqualTo(today);
        assertThat(ChannelNumbers.RFC_5766.contain(Integer.decode(number))).isEqualTo(once);
    }

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "400000, false",
        "40000000, true",
        "40000001, false",
        "40000001aa, true",
        "40000001aa000000, true", // padding is ignored
        "40000003aabb, false",
        "4fffffff, false",
        "7fff0000, true",
        "80000000, false",
    })
    void channelDataIsWholeWhenItsPayloadIsThere(String hex, boolean whole) {
        assertThat(ChannelDataHeader.isWhole(Vectors.buffer(hex))).isEqualTo(whole);
    }

    private static ByteBuf startingWith(int first) {
        return Unpooled.buffer(1).writeByte(first);
    }
}
