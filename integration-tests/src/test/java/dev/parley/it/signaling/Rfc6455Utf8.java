package dev.parley.it.signaling;

import static dev.parley.it.signaling.Rfc6455Case.BAD_UTF8;
import static dev.parley.it.signaling.Rfc6455Case.CONTINUATION;
import static dev.parley.it.signaling.Rfc6455Case.FIN;
import static dev.parley.it.signaling.Rfc6455Case.IN_ORDER;
import static dev.parley.it.signaling.Rfc6455Case.TEXT;
import static dev.parley.it.signaling.Rfc6455Case.message;
import static dev.parley.it.signaling.Rfc6455Case.utf8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Cases of RFC 6455 section 8.1: text that is UTF-8 (RFC 3629) and text that is not, whole and in frames. */
final class Rfc6455Utf8 {
    private static final String GREEK = "\u03ba\u03cc\u03c3\u03bc\u03b5";

    /** Edges of every length, the sides of the surrogates, and characters that are none but may be sent. */
    private static final int[] CODE_POINTS = {
        0x7F, 0x80, 0x7FF, 0x800, 0xFFF, 0x1000, 0xD7FF, 0xE000, 0xFDD0, 0xFFFD, 0xFFFE, 0xFFFF, 0x10000, 0x1FFFE,
        0x1FFFF, 0x2FFFE, 0x3FFFF, 0x7FFFE, 0x8FFFF, 0xEFFFE, 0xFFFFE, 0xFFFFF, 0x100000, 0x10FFFE, 0x10FFFF
    };

    /** By what is wrong with them: a line of cases each. */
    private static final String[][] INVALID = {
        {"surrogate after Greek", "cebae1bdb9cf83cebcceb5eda080656469746564"},
        {"past the last character", "f4908080", "f5808080", "f7bfbfbf"},
        {"five bytes", "f888808080", "fbbfbfbfbf"},
        {"six bytes", "fc8480808080", "fdbfbfbfbfbf"},
        {"continuation alone", "80", "bf", "80bf", "80bf80", "80bf80bf80bf"},
        {"beginning alone", "c2", "df", "e0", "ef", "f0", "f4", "c220c320", "e020e120", "f020f120"},
        {"last byte missing", "e080", "e1bd", "efbf", "f08080", "f7bfbf", "f09080", "f8808080", "fc80808080"},
        {"last bytes missing, several", "c0e080f08080f8808080fc80808080dfefbff7bfbffbbfbfbffdbfbfbfbf"},
        {"never in UTF-8", "fe", "ff", "fefeffff"},
        {"overlong slash", "c0af", "e080af", "f08080af", "f8808080af", "fc80808080af"},
        {"overlong, at the edge", "c1bf", "e09fbf", "f08fbfbf", "f887bfbfbf", "fc83bfbfbfbf"},
        {"overlong NUL", "c080", "e08080", "f0808080", "f880808080", "fc8080808080"},
        {"surrogate", "eda080", "edadbf", "edae80", "edafbf", "edb080", "edbe80", "edbfbf"},
        {"pair of surrogates", "eda080edb080", "edadbfedbfbf", "edae80edb080", "edafbfedbfbf"}
    };

    private Rfc6455Utf8() {}

    static Stream<Arguments> valid() {
        Stream<String> words = Stream.of(GREEK, "Hello-\u00b5@\u00df\u00f6\u00e4\u00fc\u00e0\u00e1-UTF-8!!");
        Stream<String> edges = IntStream.of(CODE_POINTS).mapToObj(Character::toString);
        return Stream.concat(words, edges).flatMap(text -> {
            byte[] message = utf8(message(text));
            String answer = "pong-message " + text;
            return Stream.of(
                    new Rfc6455Case().frame(FIN | TEXT, message).then(nameOf(text), answer, IN_ORDER),
                    new Rfc6455Case()
                            .chopped(message.length - 4, message)
                            .then(nameOf(text) + " in two frames", answer, IN_ORDER),
                    new Rfc6455Case()
                            .chopped(1, message)
                            .then(nameOf(text) + " in frames of one byte", answer, IN_ORDER));
        });
    }

    static Stream<Arguments> invalid() {
        return Stream.of(INVALID)
                .flatMap(row -> Stream.of(row).skip(1).flatMap(hex -> {
                    byte[] message = around(HexFormat.of().parseHex(hex));
                    return Stream.of(
                            new Rfc6455Case().frame(FIN | TEXT, message).then(row[0] + " " + hex, BAD_UTF8),
                            new Rfc6455Case()
                                    .chopped(1, message)
                                    .then(row[0] + " " + hex + " in frames of one byte", BAD_UTF8));
                }));
    }

    /** Text that ends inside a character, though every byte so far was right. */
    static Stream<Arguments> cutOff() {
        return Stream.of("ce", "e1bd", "f09080")
                .map(hex -> new Rfc6455Case()
                        .frame(FIN | TEXT, HexFormat.of().parseHex("7b22" + hex))
                        .then("ends with " + hex, BAD_UTF8));
    }

    /** Messages that are wrong before their last frame, which does not come: the server need not wait for it. */
    static Stream<Arguments> wrongEarly() {
        byte[] good = utf8("{\"type\":\"ping\",\"ref\":\"" + GREEK);
        return Stream.of(
                new Rfc6455Case()
                        .frame(TEXT, around(HexFormat.of().parseHex("f490")))
                        .then("in the first frame"),
                new Rfc6455Case()
                        .frame(TEXT, good)
                        .frame(CONTINUATION, HexFormat.of().parseHex("f490"))
                        .then("in the second frame"),
                new Rfc6455Case()
                        .frame(TEXT, good)
                        .frame(CONTINUATION, HexFormat.of().parseHex("f4"))
                        .frame(CONTINUATION, HexFormat.of().parseHex("90"))
                        .then("over two frames"),
                new Rfc6455Case()
                        .frame(TEXT, good)
                        .frame(CONTINUATION, HexFormat.of().parseHex("ed"))
                        .frame(CONTINUATION, HexFormat.of().parseHex("a0"))
                        .then("a surrogate over two frames"));
    }

    private static byte[] around(byte... wrong) {
        String[] halves = message("|").split("\\|", -1);
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(halves[0].getBytes(StandardCharsets.US_ASCII));
        whole.writeBytes(wrong);
        whole.writeBytes(halves[1].getBytes(StandardCharsets.US_ASCII));
        return whole.toByteArray();
    }

    private static String nameOf(String text) {
        return text.codePointCount(0, text.length()) > 1 ? text : "U+%04X".formatted(text.codePointAt(0));
    }
}
