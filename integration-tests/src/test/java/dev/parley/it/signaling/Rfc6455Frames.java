package dev.parley.it.signaling;

import static dev.parley.it.signaling.Rfc6455Case.ANSWER;
import static dev.parley.it.signaling.Rfc6455Case.BINARY;
import static dev.parley.it.signaling.Rfc6455Case.CLOSE;
import static dev.parley.it.signaling.Rfc6455Case.CONTINUATION;
import static dev.parley.it.signaling.Rfc6455Case.FIN;
import static dev.parley.it.signaling.Rfc6455Case.IN_ORDER;
import static dev.parley.it.signaling.Rfc6455Case.PING;
import static dev.parley.it.signaling.Rfc6455Case.PONG;
import static dev.parley.it.signaling.Rfc6455Case.PROTOCOL_ERROR;
import static dev.parley.it.signaling.Rfc6455Case.TEXT;
import static dev.parley.it.signaling.Rfc6455Case.TEXT_ONLY;
import static dev.parley.it.signaling.Rfc6455Case.TOO_BIG;
import static dev.parley.it.signaling.Rfc6455Case.message;
import static dev.parley.it.signaling.Rfc6455Case.utf8;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Cases of RFC 6455 section 5: lengths, masks, reserved bits and opcodes, control frames, fragments. */
final class Rfc6455Frames {
    private static final String SPLIT = message("split");

    private Rfc6455Frames() {}

    private static Rfc6455Case send() {
        return new Rfc6455Case();
    }

    /** Section 5.2: every form of the length, and the cap. */
    static Stream<Arguments> lengths() {
        List<Arguments> cases = new ArrayList<>();
        cases.add(send().frame(FIN | TEXT).then("text of 0 bytes", "error bad-message", IN_ORDER));
        for (int bytes : new int[] {125, 126, 127, 128, 65_535, 65_536}) {
            var once = send().frame(FIN | TEXT, message(bytes));
            cases.add(once.then("text of " + bytes + " bytes", ANSWER, IN_ORDER));
        }
        for (int bytes : new int[] {0, 125, 126, 127, 128, 65_535, 65_536}) {
            cases.add(send().frame(FIN | BINARY, new byte[bytes]).then("binary of " + bytes + " bytes", TEXT_ONLY));
        }
        cases.add(
                send().frame(FIN | TEXT, message(128)).inSingleBytes().then("128 bytes one by one", ANSWER, IN_ORDER));
        cases.add(send().chopped(1300, utf8(message(65_536))).then("65536 bytes, 1300 a frame", ANSWER, IN_ORDER));
        cases.add(send().frame(FIN | TEXT, message(65_537)).then("one byte over the cap", TOO_BIG));
        cases.add(send().chopped(1300, utf8(message(65_537))).then("one byte over the cap, in frames", TOO_BIG));
        cases.add(send().raw("81ff7fffffffffffffff").then("2^63 - 1 bytes", TOO_BIG));
        cases.add(send().raw("81ffffffffffffffffff").then("the highest bit of a length", PROTOCOL_ERROR));
        cases.add(send().raw("81fe000500000000").then("5 bytes in 16 bits", PROTOCOL_ERROR));
        cases.add(send().raw("81ff000000000000000500000000").then("5 bytes in 64 bits", PROTOCOL_ERROR));
        cases.add(send().raw("81ff000000000000ffff00000000").then("65535 bytes in 64 bits", PROTOCOL_ERROR));
        return cases.stream();
    }

    /** Section 5.1: a client masks every frame. */
    static Stream<Arguments> masks() {
        return Stream.of(
                send().raw("81027b7d").then("unmasked text", PROTOCOL_ERROR),
                send().raw("820100").then("unmasked binary", PROTOCOL_ERROR),
                send().raw("8900").then("unmasked ping", PROTOCOL_ERROR),
                send().raw("8a00").then("unmasked pong", PROTOCOL_ERROR),
                send().raw("880203e8").then("unmasked close", PROTOCOL_ERROR),
                send().frame(TEXT, "{").raw("80017d").then("unmasked continuation", PROTOCOL_ERROR));
    }

    /** Section 5.2: without an extension the reserved bits are 0, and what came before is answered. */
    static Stream<Arguments> reservedBits() {
        List<Arguments> cases = new ArrayList<>();
        for (int bits = 1; bits < 8; bits++) {
            int first = FIN | bits << 4;
            cases.add(send().frame(FIN | TEXT, message())
                    .answered()
                    .frame(first | TEXT, message())
                    .frame(FIN | PING)
                    .then("text, bits " + bits, ANSWER, PROTOCOL_ERROR));
            cases.add(send().frame(first | PING, "x").then("ping, bits " + bits, PROTOCOL_ERROR));
            cases.add(send().frame(first | CLOSE).then("close, bits " + bits, PROTOCOL_ERROR));
        }
        cases.add(send().frame(TEXT, "{").frame(0xC0, "}").then("continuation, bits 4", PROTOCOL_ERROR));
        return cases.stream();
    }

    /** Section 5.2: opcodes that mean nothing yet. */
    static Stream<Arguments> reservedOpcodes() {
        return IntStream.of(3, 4, 5, 6, 7, 11, 12, 13, 14, 15)
                .boxed()
                .flatMap(opcode -> Stream.of(
                        send().frame(FIN | opcode).then("opcode " + opcode, PROTOCOL_ERROR),
                        send().frame(FIN | opcode, "x").then("opcode " + opcode + " with a payload", PROTOCOL_ERROR),
                        send().frame(FIN | TEXT, message())
                                .answered()
                                .frame(FIN | opcode, "x")
                                .frame(FIN | PING)
                                .then("opcode " + opcode + " after a message", ANSWER, PROTOCOL_ERROR),
                        send().frame(opcode, "x").then("opcode " + opcode + " unfinished", PROTOCOL_ERROR)));
    }

    /** Section 5.5: pings are answered with what they carry, pongs are not answered. */
    static Stream<Arguments> pings() {
        byte[] binary = HexFormat.of().parseHex("00fffefdfcfb00ff");
        String echo = new String(binary, StandardCharsets.ISO_8859_1);
        Rfc6455Case ten = send();
        List<String> echoes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ten.frame(FIN | PING, "payload-" + i);
            echoes.add("pong payload-" + i);
        }
        echoes.add(IN_ORDER);
        return Stream.of(
                send().frame(FIN | PING).then("empty ping", "pong ", IN_ORDER),
                send().frame(FIN | PING, "Hello, world!").then("ping with text", "pong Hello, world!", IN_ORDER),
                send().frame(FIN | PING, binary).then("ping with bytes", "pong " + echo, IN_ORDER),
                send().frame(FIN | PING, "x".repeat(125)).then("125 bytes", "pong " + "x".repeat(125), IN_ORDER),
                send().frame(FIN | PING, "x".repeat(125))
                        .inSingleBytes()
                        .then("125 bytes one by one", "pong " + "x".repeat(125), IN_ORDER),
                send().frame(FIN | PING, "x".repeat(126)).then("126 bytes", PROTOCOL_ERROR),
                send().frame(FIN | PONG, "x".repeat(126)).then("pong of 126 bytes", PROTOCOL_ERROR),
                send().frame(FIN | PONG).then("pong nobody asked for", IN_ORDER),
                send().frame(FIN | PONG, "payload").then("pong nobody asked for, with a payload", IN_ORDER),
                send().frame(FIN | PONG, "no").frame(FIN | PING, "yes").then("pong, then ping", "pong yes", IN_ORDER),
                ten.then("ten pings", echoes.toArray(String[]::new)),
                send().frame(PING, "a").frame(FIN | CONTINUATION, "b").then("ping in two frames", PROTOCOL_ERROR),
                send().frame(PONG, "a").frame(FIN | CONTINUATION, "b").then("pong in two frames", PROTOCOL_ERROR),
                send().frame(CLOSE).frame(FIN | CONTINUATION).then("close in two frames", PROTOCOL_ERROR));
    }

    /** Section 5.4: messages in several frames, with control frames between them. */
    static Stream<Arguments> fragments() {
        String answer = "pong-message split";
        String head = SPLIT.substring(0, 9);
        String tail = SPLIT.substring(9);
        return Stream.of(
                send().frame(TEXT, head).frame(FIN | CONTINUATION, tail).then("two frames", answer, IN_ORDER),
                send().frame(TEXT, head)
                        .frame(FIN | CONTINUATION, tail)
                        .inSingleBytes()
                        .then("two frames, bytes one by one", answer, IN_ORDER),
                send().chopped(1, utf8(SPLIT)).then("frames of one byte", answer, IN_ORDER),
                send().frame(TEXT)
                        .frame(CONTINUATION, SPLIT)
                        .frame(FIN | CONTINUATION)
                        .then("empty frames around it", answer, IN_ORDER),
                send().frame(TEXT)
                        .frame(CONTINUATION)
                        .frame(FIN | CONTINUATION)
                        .then("three empty frames", "error bad-message", IN_ORDER),
                send().frame(TEXT, head)
                        .frame(FIN | PING, "between")
                        .frame(FIN | CONTINUATION, tail)
                        .then("ping between", "pong between", answer, IN_ORDER),
                send().frame(TEXT, head)
                        .frame(FIN | PING, "1")
                        .frame(CONTINUATION)
                        .frame(FIN | PONG, "2")
                        .frame(FIN | PING, "3")
                        .frame(FIN | CONTINUATION, tail)
                        .frame(FIN | TEXT, message())
                        .then(
                                "pings and a pong between, a message after",
                                "pong 1",
                                "pong 3",
                                answer,
                                ANSWER,
                                IN_ORDER),
                send().frame(FIN | CONTINUATION, "x").then("last continuation of nothing", PROTOCOL_ERROR),
                send().frame(CONTINUATION, "x").then("continuation of nothing", PROTOCOL_ERROR),
                send().frame(FIN | TEXT, message())
                        .answered()
                        .frame(FIN | CONTINUATION, "x")
                        .then("continuation after a whole message", ANSWER, PROTOCOL_ERROR),
                send().frame(TEXT, head)
                        .frame(FIN | CONTINUATION, tail)
                        .answered()
                        .frame(CONTINUATION, "x")
                        .then("continuation after a finished one", answer, PROTOCOL_ERROR),
                send().frame(TEXT, head).frame(FIN | TEXT, message()).then("text inside a message", PROTOCOL_ERROR),
                send().frame(TEXT, head).frame(TEXT, tail).then("beginning inside a message", PROTOCOL_ERROR),
                send().frame(TEXT, head).frame(FIN | BINARY, "x").then("binary inside a message", PROTOCOL_ERROR),
                send().frame(TEXT, head).frame(FIN | CLOSE).then("close inside a message", "close "));
    }
}
