package dev.parley.turn.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both versions of the header, whole, in parts and broken. */
class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String IPV4 = "c0000207" + "c6336401" + "c822" + "0d96"; // 192.0.2.7:51234 -> :3478
    private static final String IPV6 =
            "20010db8000000000000000000000007" + "20010db8000000000000000000000001" + "c822" + "0d96";

    @Test
    void aLineNamesTheClient() {
        String line = "PROXY TCP4 192.0.2.7 198.51.100.1 51234 3478\r\n";
        assertThat(text(line + "rest"))
                .isEqualTo(new ProxyHeader.Proxied(TransportAddress.parse("192.0.2.7:51234"), line.length()));
        assertThat(text("PROXY TCP6 2001:db8::7 2001:db8::1 51234 3478\r\n"))
                .isEqualTo(new ProxyHeader.Proxied(TransportAddress.parse("[2001:db8::7]:51234"), 47));
    }

    @Test
    void aHopMayNotKnowWhomItSpeaksFor() {
        assertThat(text("PROXY UNKNOWN\r\n")).isEqualTo(new ProxyHeader.Local(15));
        assertThat(text("PROXY UNKNOWN ff ff 1 2\r\n")).isEqualTo(new ProxyHeader.Local(25));
        assertThat(hex(SIGNATURE + "20000000")).isEqualTo(new ProxyHeader.Local(16));
        assertThat(hex(SIGNATURE + "2011000c" + IPV4)).isEqualTo(new ProxyHeader.Local(28));
        assertThat(hex(SIGNATURE + "21000000")).isEqualTo(new ProxyHeader.Local(16));
    }

    @Test
    void theBinaryFormNamesTheClient() {
        assertThat(hex(SIGNATURE + "2111000c" + IPV4 + "0001"))
                .isEqualTo(new ProxyHeader.Proxied(TransportAddress.parse("192.0.2.7:51234"), 28));
        assertThat(hex(SIGNATURE + "21210024" + IPV6))
                .isEqualTo(new ProxyHeader.Proxied(TransportAddress.parse("[2001:db8::7]:51234"), 52));
        assertThat(hex(SIGNATURE + "2111000f" + IPV4 + "040000"))
                .as("with something more that the hop tells")
                .isEqualTo(new ProxyHeader.Proxied(TransportAddress.parse("192.0.2.7:51234"), 31));
    }

    @Test
    void everyBeginningOfAHeaderMayBecomeOne() {
        byte[] line = "PROXY TCP4 192.0.2.7 198.51.100.1 51234 3478\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] binary = ByteBufUtil.decodeHexDump(SIGNATURE + "2111000c" + IPV4);
        for (byte[] whole : new byte[][] {line, binary}) {
            for (int length = 0; length < whole.length; length++) {
                assertThat(ProxyHeader.read(Unpooled.wrappedBuffer(whole, 0, length)))
                        .as("%d bytes", length)
                        .isEqualTo(new ProxyHeader.Incomplete());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n",
                "PROXYTCP4",
                "PROXY TCP4 192.0.2.7 198.51.100.1 51234 3478\n",
                "PROXY TCP4 192.0.2.7 198.51.100.1 51234\r\n",
                "PROXY TCP4 192.0.2.7 198.51.100.1 51234 3478 \r\n",
                "PROXY TCP4 192.0.2.7 198.51.100.1 051234 3478\r\n",
                "PROXY TCP4 192.0.2.7 198.51.100.1 65536 3478\r\n",
                "PROXY TCP4 192.0.2.7 198.51.100.1 -1 3478\r\n",
                "PROXY TCP4 2001:db8::7 2001:db8::1 51234 3478\r\n",
                "PROXY TCP4 example.org 198.51.100.1 51234 3478\r\n",
                "PROXY TCP5 192.0.2.7 198.51.100.1 51234 3478\r\n",
                "PROXY \r\n",
                "PROXY  TCP4 192.0.2.7 198.51.100.1 51234 3478\r\n"
            })
    void aWrongLineIsNoHeader(String line) {
        assertThat(text(line)).isEqualTo(new ProxyHeader.Malformed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SIGNATURE + "ff", // CVE-2026-55851: waited for ever with this version
                SIGNATURE + "11",
                SIGNATURE + "22",
                SIGNATURE + "3111000c" + IPV4,
                SIGNATURE + "2111000b" + IPV4, // shorter than its addresses
                SIGNATURE + "21210023" + IPV6,
                SIGNATURE + "2112000c" + IPV4, // datagrams
                SIGNATURE + "2131000c" + IPV4, // a path in the file system
                SIGNATURE + "21110801", // longer than anybody's header
                SIGNATURE + "2111ffff",
                "0d0a0d0a000d0a515549540b",
                "0d0b",
                "00010000",
                "16"
            })
    void wrongBytesAreNoHeader(String bytes) {
        assertThat(hex(bytes)).isEqualTo(new ProxyHeader.Malformed());
    }

    @Test
    void aLineEndsAfter107BytesAtTheLatest() {
        String longest = "PROXY UNKNOWN " + "x".repeat(ProxyHeader.LINE_MOST - 16) + "\r\n";
        assertThat(text(longest)).isEqualTo(new ProxyHeader.Local(ProxyHeader.LINE_MOST));
        assertThat(text(longest.replace("\r\n", "x\r\n"))).isEqualTo(new ProxyHeader.Malformed());
    }

    @Test
    void theBinaryFormHasItsLimitToo() {
        String most = SIGNATURE + "2111" + "%04x".formatted(ProxyHeader.LENGTH_MOST) + IPV4
                + "00".repeat(ProxyHeader.LENGTH_MOST - 12);
        assertThat(hex(most)).isInstanceOf(ProxyHeader.Proxied.class);
        assertThat(hex(SIGNATURE + "2111" + "%04x".formatted(ProxyHeader.LENGTH_MOST + 1)))
                .isEqualTo(new ProxyHeader.Malformed());
    }

    private static ProxyHeader text(String line) {
        return read(Unpooled.copiedBuffer(line, StandardCharsets.US_ASCII));
    }

    private static ProxyHeader hex(String bytes) {
        return read(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(bytes)));
    }

    private static ProxyHeader read(ByteBuf bytes) {
        ProxyHeader header = ProxyHeader.read(bytes);
        assertThat(bytes.readerIndex()).as("nothing is taken away").isZero();
        return header;
    }
}
