package dev.parley.turn.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class OfferedProtocolsTest {
    /** Version, random, no session, one suite, no compression. */
    private static final String HEAD = "0303" + "00".repeat(32) + "00" + "00021301" + "0100";

    @Test
    void oneOfOursOrNoneAtAllIsAgreedTo() {
        assertThat(agrees("")).as("no extensions").isTrue();
        assertThat(agrees("0000")).isTrue();
        assertThat(agrees("0004000a0000")).as("no ALPN").isTrue();
        assertThat(agrees("0010" + "0010" + "000c" + "000a" + "09" + ascii("stun.turn")))
                .isTrue();
        assertThat(agrees("0013" + "0010" + "000f" + "000d" + "02" + ascii("h2") + "09" + ascii("stun.turn")))
                .isTrue();
        assertThat(agrees("0006" + "0010" + "0002" + "0000"))
                .as("an empty list")
                .isTrue();
    }

    @Test
    void otherNamesOnlyAreNot() {
        assertThat(agrees("0009" + "0010" + "0005" + "0003" + "02" + ascii("h2")))
                .isFalse();
    }

    @Test
    void whatCannotBeReadIsLeftToTheLibrary() {
        String whole = HEAD + "0009" + "0010" + "0005" + "0003" + "02" + ascii("h2");
        for (int bytes = 0; bytes < whole.length() / 2; bytes++) {
            ByteBuf cut = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(whole.substring(0, 2 * bytes)));
            assertThat(OfferedProtocols.agree(cut, TlsPolicy.TURN_PROTOCOLS)).isTrue();
            assertThat(cut.readerIndex()).isZero();
        }
    }

    private static boolean agrees(String extensions) {
        ByteBuf hello = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(HEAD + extensions));
        return OfferedProtocols.agree(hello, TlsPolicy.TURN_PROTOCOLS);
    }

    private static String ascii(String text) {
        return ByteBufUtil.hexDump(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}
