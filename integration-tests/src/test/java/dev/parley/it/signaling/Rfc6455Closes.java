package dev.parley.it.signaling;

import static dev.parley.it.signaling.Rfc6455Case.ANSWER;
import static dev.parley.it.signaling.Rfc6455Case.BAD_UTF8;
import static dev.parley.it.signaling.Rfc6455Case.CLOSE;
import static dev.parley.it.signaling.Rfc6455Case.CONTINUATION;
import static dev.parley.it.signaling.Rfc6455Case.FIN;
import static dev.parley.it.signaling.Rfc6455Case.PING;
import static dev.parley.it.signaling.Rfc6455Case.PROTOCOL_ERROR;
import static dev.parley.it.signaling.Rfc6455Case.TEXT;
import static dev.parley.it.signaling.Rfc6455Case.message;
import static dev.parley.it.signaling.Rfc6455Case.utf8;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Cases of RFC 6455 sections 5.5.1 and 7: codes, reasons, and what comes after a close. */
final class Rfc6455Closes {
    private static final String OCTETS = HexFormat.of().formatHex(new byte[] {0x03, (byte) 0xE8}); // 1000

    private Rfc6455Closes() {}

    private static Rfc6455Case send() {
        return new Rfc6455Case();
    }

    private static byte[] close(int code, String reason) {
        byte[] text = utf8(reason);
        return ByteBuffer.allocate(2 + text.length)
                .putShort((short) code)
                .put(text)
                .array();
    }

    /** Section 7.4: codes that may be sent come back, with their reason. */
    static Stream<Arguments> validCodes() {
        return IntStream.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999)
                .boxed()
                .flatMap(code -> Stream.of(
                        send().frame(FIN | CLOSE, close(code, "")).then("code " + code, "close " + code + " "),
                        send().frame(FIN | CLOSE, close(code, "bye"))
                                .then("code " + code + " with a reason", "close " + code + " bye")));
    }

    /** Section 7.4: codes that are never sent, or not yet given a meaning. */
    static Stream<Arguments> invalidCodes() {
        return IntStream.of(0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 10_000, 32_768, 65_535)
                .boxed()
                .flatMap(code -> Stream.of(
                        send().frame(FIN | CLOSE, close(code, "")).then("code " + code, PROTOCOL_ERROR),
                        send().frame(FIN | CLOSE, close(code, "bye"))
                                .then("code " + code + " with a reason", PROTOCOL_ERROR)));
    }

    /** Section 5.5.1: what a close frame may carry. */
    static Stream<Arguments> reasons() {
        String longest = "x".repeat(123);
        return Stream.of(
                send().frame(FIN | CLOSE).then("nothing", "close "),
                send().frame(FIN | CLOSE, (byte) 3).then("half a code", PROTOCOL_ERROR),
                send().frame(FIN | CLOSE, close(1000, "Gr\u00fc\u00dfe")).then("UTF-8", "close 1000 Gr\u00fc\u00dfe"),
                send().frame(FIN | CLOSE, close(1000, longest)).then("125 bytes", "close 1000 " + longest),
                send().frame(FIN | CLOSE, close(1000, longest + "x")).then("126 bytes", PROTOCOL_ERROR),
                reason("surrogate", "cebae1bdb9cf83cebcceb5eda080656469746564"),
                reason("never in UTF-8", "ff"),
                reason("cut off", "ceba" + "e1bd"));
    }

    private static Arguments reason(String name, String hex) {
        return send().frame(FIN | CLOSE, HexFormat.of().parseHex(OCTETS + hex)).then(name, BAD_UTF8);
    }

    /** Sections 1.4 and 5.5.1: nothing counts after a close, and one close is enough. */
    static Stream<Arguments> afterwards() {
        byte[] bye = close(1000, "bye");
        return Stream.of(
                send().frame(FIN | TEXT, message())
                        .answered()
                        .frame(FIN | CLOSE, bye)
                        .then("after a message", ANSWER, "close 1000 bye"),
                send().frame(FIN | CLOSE, bye).frame(FIN | CLOSE, bye).then("twice", "close 1000 bye"),
                send().frame(FIN | CLOSE, bye).frame(FIN | PING).then("then a ping", "close 1000 bye"),
                send().frame(FIN | CLOSE, bye).frame(FIN | TEXT, message()).then("then a message", "close 1000 bye"),
                send().frame(TEXT, "{")
                        .frame(FIN | CLOSE, bye)
                        .frame(FIN | CONTINUATION, "}")
                        .then("then the rest of a message", "close 1000 bye"),
                send().frame(FIN | CLOSE, bye).frame(0xFF, "x").then("then rubbish", "close 1000 bye"),
                send().frame(FIN | TEXT, message(65_536))
                        .answered()
                        .frame(FIN | CLOSE, bye)
                        .frame(FIN | PING)
                        .then("a large message, close, ping", ANSWER, "close 1000 bye"),
                send().frame(FIN | CLOSE, bye).inSingleBytes().then("byte by byte", "close 1000 bye"));
    }
}
