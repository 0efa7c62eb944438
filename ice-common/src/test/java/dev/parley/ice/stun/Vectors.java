package dev.parley.ice.stun;

import dev.parley.ice.credential.LongTermKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;

/**
 * The published messages of RFC 5769 section 2 and RFC 8489 appendix B.1, the latter as corrected by its erratum 6268.
 */
final class Vectors {
    static final String KATAKANA = "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9";
    static final String REALM = "example.org";
    static final String PASSWORD = "TheMatrIX"; // as after OpaqueString preparation

    static final LongTermKey SHORT_TERM = LongTermKey.ofShortTerm("VOkJxbRl1RmTxUk/WvJxBt");
    static final LongTermKey LONG_TERM = LongTermKey.ofPassword(KATAKANA, REALM, PASSWORD);
    static final LongTermKey LONG_TERM_SHA256 = LongTermKey.ofPasswordSha256(KATAKANA, REALM, PASSWORD);

    /** RFC 5769 section 2.1; the username is padded with spaces. */
    static final String REQUEST = "00010058 2112a442 b7e7a701bc34d686fa87dfae"
            + "80220010 5354554e207465737420636c69656e74"
            + "00240004 6e0001ff"
            + "80290008 932ff9b151263b36"
            + "00060009 6576746a3a68367659202020"
            + "00080014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
            + "80280004 e57a3bcf";

    /** RFC 5769 section 2.2; the software name is padded with a space. */
    static final String IPV4_RESPONSE = "0101003c 2112a442 b7e7a701bc34d686fa87dfae"
            + "8022000b 7465737420766563746f7220"
            + "00200008 0001a147e112a643"
            + "00080014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7"
            + "80280004 c07d4c96";

    /** RFC 5769 section 2.3; the software name is padded with a space. */
    static final String IPV6_RESPONSE = "01010048 2112a442 b7e7a701bc34d686fa87dfae"
            + "8022000b 7465737420766563746f7220"
            + "00200014 0002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
            + "00080014 a382954e4be67bf11784c97c8292c275bfe3ed41"
            + "80280004 c8fb0b4c";

    /** RFC 5769 section 2.4. */
    static final String LONG_TERM_REQUEST = "00010060 2112a442 78ad3433c6ad72c029da412e"
            + "00060012 e3839ee38388e383aae38383e382afe382b90000"
            + "0015001c 662f2f3439396b39353464364f4c33346f4c39465354767936347341"
            + "0014000b 6578616d706c652e6f726700"
            + "00080014 f67024656dd64a3e02b8e0712e85c9a28ca89666";

    /** RFC 8489 appendix B.1. */
    static final String SHA256_REQUEST = "00010090 2112a442 78ad3433c6ad72c029da412e"
            + "001e0020 4a3cf38fef6992bda952c6780417da0f24819415569e60b205c46e41407f1704"
            + "00150029 6f624d61744a6f733241414143662f2f3439396b39353464364f4c33346f4c39465354767936347341000000"
            + "0014000b 6578616d706c652e6f726700"
            + "001d0004 00020000"
            + "001c0020 b5c7bf005b6c52a21c51c5e892f81924136296cb927c43149309278cc6518e65";

    static final List<String> ALL = List.of(REQUEST, IPV4_RESPONSE, IPV6_RESPONSE, LONG_TERM_REQUEST, SHA256_REQUEST);

    private Vectors() {}

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static ByteBuf buffer(String hex) {
        return Unpooled.wrappedBuffer(bytes(hex));
    }

    static String hex(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
