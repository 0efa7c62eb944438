package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.testing.LeakCheck;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 as a server has to see it: framing, UTF-8, control frames, closing. */
@ExtendWith(LeakCheck.class)
class WebSocketFramesTest {
    private static final String PING = "{\"type\":\"ping\"}";
    private static final String PONG = "{\"type\":\"pong\",\"ack\":0}";

    private final HubHarness harness = new HubHarness();

    @AfterEach
    void end() {
        harness.closeAll();
        assertThat(harness.outboxes.size()).isZero();
        assertThat(harness.counters.faults()).isZero();
    }

    private HttpChannel open() {
        HttpChannel channel = harness.connectWebSocket();
        assertThat(channel.sentFrames()).singleElement().asString().startsWith("{\"type\":\"welcome\"");
        return channel;
    }

    private List<String> answerTo(HttpChannel channel, Consumer<HttpChannel> send) {
        send.accept(channel);
        harness.settle();
        return channel.sentFrames();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static Arguments violation(String what, Consumer<HttpChannel> send, String close) {
        return Arguments.of(what, send, close);
    }

    private static Consumer<HttpChannel> frame(int firstByte, byte[] payload) {
        return channel -> channel.sendFrame(firstByte, payload);
    }

    private static Consumer<HttpChannel> raw(int... values) {
        return channel -> channel.writeInbound(Unpooled.wrappedBuffer(bytes(values)));
    }

    static Stream<Arguments> violations() {
        String protocolError = "close 1002 protocol-error";
        String badUtf8 = "close 1007 bad-utf8";
        return Stream.of(
                violation("binary", frame(0x82, new byte[3]), "close 1003 text-only"),
                violation("empty binary", frame(0x82, new byte[0]), "close 1003 text-only"),
                violation("unmasked", raw(0x81, 0x02, '{', '}'), protocolError),
                violation("RSV1", frame(0xC1, utf8(PING)), protocolError),
                violation("RSV2", frame(0xA1, utf8(PING)), protocolError),
                violation("RSV3", frame(0x91, utf8(PING)), protocolError),
                violation("reserved opcode 3", frame(0x83, new byte[0]), protocolError),
                violation("reserved opcode 7", frame(0x87, new byte[0]), protocolError),
                violation("reserved opcode 11", frame(0x8B, new byte[0]), protocolError),
                violation("reserved opcode 15", frame(0x8F, new byte[0]), protocolError),
                violation("long ping", frame(0x89, new byte[126]), protocolError),
                violation("fragmented ping", frame(0x09, new byte[1]), protocolError),
                violation("continuation of nothing", frame(0x80, utf8(PING)), protocolError),
                violation("text inside text", twice(frame(0x01, utf8("{"))), protocolError),
                violation("length not minimal, 16 bit", raw(0x81, 0xFE, 0, 5, 0, 0, 0, 0), protocolError),
                violation("length 2^63 - 1", raw(0x81, 0xFF, 0x7F, -1, -1, -1, -1, -1, -1, -1), "close 1009 too-big"),
                violation("length -1", raw(0x81, 0xFF, -1, -1, -1, -1, -1, -1, -1, -1), protocolError),
                violation("frame over the cap", frame(0x81, new byte[65_537]), "close 1009 too-big"),
                violation("overlong UTF-8", frame(0x81, bytes(0xC0, 0x80)), badUtf8),
                violation("surrogate in UTF-8", frame(0x81, bytes(0xED, 0xA0, 0x80)), badUtf8),
                violation("cut UTF-8", frame(0x81, bytes('{', 0xE4, 0xB8)), badUtf8),
                violation("close of one byte", frame(0x88, bytes(3)), protocolError),
                violation("close reason no UTF-8", frame(0x88, bytes(0x03, 0xE8, 0xFF)), badUtf8),
                violation("close reason cut off", frame(0x88, bytes(0x03, 0xE8, 'a', 0xCE)), badUtf8));
    }

    private static Consumer<HttpChannel> twice(Consumer<HttpChannel> send) {
        return send.andThen(send);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("violations")
    void violationClosesThisConnectionWithItsCode(String what, Consumer<HttpChannel> send, String close) {
        HttpChannel other = open();
        HttpChannel channel = open();

        assertThat(answerTo(channel, send)).containsExactly(close);
        assertThat(answerTo(channel, c -> c.sendText(PING))).isEmpty();
        harness.advance(SocketWriter.CLOSE_ANSWER_SECONDS, TimeUnit.SECONDS);
        assertThat(channel.isOpen()).isFalse();
        assertThat(answerTo(other, c -> c.sendText(PING))).containsExactly(PONG);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535})
    void closeCodesNobodyMaySendAreAViolation(int code) {
        assertThat(answerTo(open(), frame(0x88, bytes(code >> 8, code & 0xFF))))
                .containsExactly("close 1002 protocol-error");
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1007, 1011, 3000, 4999})
    void closeIsAnsweredWithItsOwnCode(int code) {
        HttpChannel channel = open();

        assertThat(answerTo(channel, frame(0x88, bytes(code >> 8, code & 0xFF, 'b', 'y', 'e'))))
                .containsExactly("close " + code + " bye");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void closeWithoutCodeIsACleanLeave() {
        HttpChannel stays = harness.join("r");
        HttpChannel goes = harness.join("r");
        stays.sent();

        assertThat(answerTo(goes, frame(0x88, new byte[0]))).containsExactly("close");
        assertThat(stays.sentFrames()).singleElement().asString().contains("\"reason\":\"left\"");
    }

    @Test
    void connectionThatBreaksIsALoss() {
        HttpChannel stays = harness.join("r");
        HttpChannel goes = harness.join("r");
        stays.sent();
        goes.close();
        harness.settle();
        assertThat(stays.sentFrames()).isEmpty();
        stays.sendText(PING); // or it would be pinged itself
        harness.settle();
        harness.advance(HubHarness.RESUME_SECONDS, TimeUnit.SECONDS);

        assertThat(stays.sentFrames()).last().asString().contains("\"reason\":\"lost\"");
        assertThat(harness.memberships)
                .containsExactly("entered r from 203.0.113.7", "entered r from 203.0.113.7", "departed r", "ended");
    }

    @Test
    void messageMayComeInPiecesWithControlFramesBetween() {
        byte[] text = utf8("{\"type\":\"ping\",\"ref\":\"\u4e2d\"}");
        HttpChannel channel = open();
        int split = text.length - 4; // inside the three bytes of the last character
        channel.sendFrame(0x01, Arrays.copyOf(text, split));
        channel.sendFrame(0x89, utf8("x"));
        channel.sendFrame(0x00, new byte[0]);
        channel.sendFrame(0x80, Arrays.copyOfRange(text, split, text.length));
        harness.settle();

        assertThat(channel.sentFrames()).containsExactly("pong x", "{\"type\":\"pong\",\"ack\":0,\"ref\":\"\u4e2d\"}");
    }

    @Test
    void frameMayComeInSingleBytes() {
        HttpChannel channel = open();
        ByteBuf frame = HttpChannel.frame(0x81, utf8(PING));
        while (frame.isReadable()) {
            channel.writeInbound(frame.readRetainedSlice(1));
        }
        frame.release();
        harness.settle();

        assertThat(channel.sentFrames()).containsExactly(PONG);
    }

    @Test
    void messageHasItsFramesAndNotOneMore() {
        HttpChannel channel = open();
        sendInFrames(channel, 64);
        harness.settle();
        assertThat(channel.sentFrames()).containsExactly(PONG);

        sendInFrames(channel, 65);
        harness.settle();
        assertThat(channel.sentFrames()).containsExactly("close 1009 too-big");
    }

    /** The ping in its single bytes, filled up with empty frames. */
    private static void sendInFrames(HttpChannel channel, int frames) {
        byte[] text = utf8(PING);
        for (int i = 0; i < frames; i++) {
            byte[] payload = i < text.length ? bytes(text[i]) : new byte[0];
            channel.sendFrame((i == 0 ? 0x01 : 0x00) | (i == frames - 1 ? 0x80 : 0x00), payload);
        }
    }

    @Test
    void messageHasItsBytesAndNotOneMore() {
        int cap = HubLimits.defaults().of(HubLimit.MESSAGE_BYTES);
        HttpChannel whole = open();
        assertThat(answerTo(whole, c -> c.sendText(paddedPing(cap)))).containsExactly(PONG);
        assertThat(answerTo(whole, c -> c.sendText(paddedPing(cap + 1)))).containsExactly("close 1009 too-big");

        HttpChannel pieces = open();
        pieces.sendFrame(0x01, utf8(paddedPing(cap - 1)));
        assertThat(answerTo(pieces, frame(0x80, utf8(" ")))).containsExactly(PONG);
        pieces.sendFrame(0x01, utf8(paddedPing(cap)));
        assertThat(answerTo(pieces, frame(0x80, utf8(" ")))).containsExactly("close 1009 too-big");
    }

    private static String paddedPing(int bytes) {
        return PING + " ".repeat(bytes - PING.length());
    }

    @Test
    void clientThatDoesNotAnswerACloseIsCutOff() {
        HttpChannel channel = open();
        channel.sendFrame(0x82, new byte[1]);
        harness.settle();
        assertThat(channel.isOpen()).isTrue();
        harness.advance(SocketWriter.CLOSE_ANSWER_SECONDS, TimeUnit.SECONDS);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void clientThatAnswersACloseIsGoneAtOnce() {
        HttpChannel channel = open();
        channel.sendFrame(0x82, new byte[1]);
        channel.sendFrame(0x88, bytes(0x03, 0xEB));
        assertThat(channel.isOpen()).isFalse();
    }
}
