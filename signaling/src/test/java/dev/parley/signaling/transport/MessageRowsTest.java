package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.dialect.DecodeResult;
import dev.parley.signaling.dialect.NativeDialect;
import dev.parley.testing.LeakCheck;
import io.netty.buffer.ByteBuf;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What broke JSON readers and signaling servers: rows 68, 71, 73, 74 and 76 of the security list. */
@ExtendWith(LeakCheck.class)
class MessageRowsTest {
    private static final HubLimits GENEROUS = HubLimits.defaults()
            .with(HubLimit.MESSAGES_PER_SECOND, 100_000)
            .with(HubLimit.MESSAGE_BURST, 1_000_000)
            .with(HubLimit.DELIVERIES_PER_SECOND, 10_000_000)
            .with(HubLimit.DELIVERY_BURST, 10_000_000)
            .with(HubLimit.JOIN_BURST, 1_000_000)
            .with(HubLimit.SESSIONS_PER_ADDRESS, 20_000)
            .with(HubLimit.CONNECTIONS_PER_ADDRESS, 20_000);
    private static final String BAD_MESSAGE = "\"type\":\"error\",\"code\":\"bad-message\"";

    private final HubHarness harness = new HubHarness(GENEROUS);

    @AfterEach
    void end() {
        harness.closeAll();
        assertThat(harness.counters.sessions()).isZero();
        assertThat(harness.counters.faults()).isZero();
    }

    private HttpChannel open() {
        HttpChannel channel = harness.connectWebSocket();
        channel.sentFrames();
        return channel;
    }

    private List<String> answerTo(HttpChannel channel, String text) {
        channel.sendText(text);
        harness.settle();
        return channel.sentFrames();
    }

    static Stream<Arguments> bombs() {
        return Stream.of(
                Arguments.of("100000 brackets", "[".repeat(100_000)),
                Arguments.of("65536 brackets", "[".repeat(65_536)),
                Arguments.of("65000 braces", "{\"a\":".repeat(13_000)),
                Arguments.of("60 KiB of digits", ping("9".repeat(61_440))),
                Arguments.of("60 KiB of digits after a point", ping("0." + "9".repeat(61_440))),
                Arguments.of("an exponent of 60 KiB", ping("1e" + "9".repeat(61_440))),
                Arguments.of("10000 fields", "{" + "\"a\":1,".repeat(9_000) + "\"type\":\"ping\"}"),
                Arguments.of("a name of 60 KiB", "{\"" + "a".repeat(61_440) + "\":1}"));
    }

    private static String ping(String value) {
        return "{\"type\":\"ping\",\"x\":" + value + "}";
    }

    /** Whole and in pieces; the time is that of the fastest of some tries, for the machine may be busy. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void row68DepthAndLengthAreCheckedBeforeTheyCost(String what, String bomb) {
        ByteBuf frame = HttpChannel.frame(0x81, bomb.getBytes(StandardCharsets.US_ASCII));
        HttpChannel whole = open();
        whole.writeInbound(frame.copy());
        harness.settle();
        assertRefusedAlone(whole.sentFrames(), bomb.length());
        HttpChannel pieces = open();
        while (frame.isReadable()) {
            pieces.writeInbound(frame.readRetainedSlice(Math.min(997, frame.readableBytes())));
        }
        frame.release();
        harness.settle();
        assertRefusedAlone(pieces.sentFrames(), bomb.length());

        NativeDialect dialect = new NativeDialect(GENEROUS);
        long leastNanos = Long.MAX_VALUE;
        for (int round = 0; round < 30; round++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            DecodeResult result = dialect.decode(bomb);
            leastNanos =
                    Math.min(leastNanos, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);
            assertThat(result).isInstanceOf(DecodeResult.NotUnderstood.class);
        }
        System.out.printf("row 68: %s, %d us%n", what, leastNanos / 1000);
        assertThat(leastNanos).isLessThan(5_000_000);
    }

    private static void assertRefusedAlone(List<String> answers, int bytes) {
        assertThat(answers).singleElement().asString().contains(bytes > 65_536 ? "close 1009 too-big" : BAD_MESSAGE);
    }

    @Test
    void row71WhatMembersSayToEachOtherIsPassedOnUnread() {
        HttpChannel ann = harness.join("r");
        HttpChannel bob = harness.join("r");
        ann.sentFrames();
        String manyLines = "\"" + "a=candidate:0\\r\\n".repeat(3800) + "\"";
        String odd = "\"v=0\\r\\no=- -1 99999999999999999999 IN IP4 %s%n\\u0000\\ud800\\u2028</script>\\r\\n=\\r\\n\"";
        for (String data : List.of(manyLines, odd, "\"\"", "[[[[\"v=0\"]]]]")) {
            assertThat(answerTo(ann, "{\"type\":\"signal\",\"room\":\"r\",\"data\":" + data + "}"))
                    .isEmpty();
            assertThat(bob.sentFrames()).singleElement().asString().contains("\"data\":" + data + ",");
        }
    }

    @Test
    void row73AFrameThatIsNotUnderstoodEndsItsConnectionAlone() {
        HttpChannel other = open();
        List<HttpChannel> channels = List.of(open(), open(), open());
        channels.get(0).sendFrame(0x82, new byte[1]);
        channels.get(1).sendFrame(0x81, new byte[] {'"', (byte) 0xFF});
        channels.get(2).sendFrame(0x83, new byte[0]);
        harness.settle();
        assertThat(channels.stream().map(HttpChannel::sentFrames))
                .containsExactly(
                        List.of("close 1003 text-only"),
                        List.of("close 1007 bad-utf8"),
                        List.of("close 1002 protocol-error"));
        assertThat(answerTo(other, "{\"type\":\"ping\"}")).containsExactly("{\"type\":\"pong\",\"ack\":0}");
    }

    @Test
    void row73IdsAreOf128RandomBitsAndSecretsOf256() {
        FreshIds ids = new FreshIds();
        Set<String> seen = new HashSet<>();
        int[] ones = new int[128];
        for (int i = 0; i < 10_000; i++) {
            String id = ids.session().value();
            assertThat(id).matches("[A-Za-z0-9_-]{22}");
            assertThat(seen.add(id)).isTrue();
            byte[] bits = Base64.getUrlDecoder().decode(id);
            IntStream.range(0, 128)
                    .filter(bit -> (bits[bit / 8] >> bit % 8 & 1) == 1)
                    .forEach(bit -> ones[bit]++);
        }
        assertThat(Arrays.stream(ones)).allMatch(count -> count > 4700 && count < 5300);
        assertThat(ids.keyOf(ids.session()).secret()).matches("[A-Za-z0-9_-]{43}");
    }

    /** Every round a room is joined, emptied by kicks and left, while two others talk as if alone. */
    @Test
    void row74AStormInOneRoomDoesNotHoldUpAnother() {
        HttpChannel ann = harness.join("quiet");
        HttpChannel bob = harness.join("quiet");
        ann.sentFrames();
        HttpChannel host = harness.join("storm");
        List<HttpChannel> guests = new ArrayList<>();
        IntStream.range(0, 6).forEach(i -> guests.add(open()));
        int kicked = 0;
        for (int round = 0; round < 40; round++) {
            guests.forEach(guest -> guest.sendText("{\"type\":\"join\",\"room\":\"storm\"}"));
            harness.settle();
            for (String seen : host.sentFrames()) {
                if (seen.contains("member-joined")) {
                    String id = seen.replaceAll(".*\"member\":\\{\"id\":\"([^\"]+)\".*", "$1");
                    host.sendText("{\"type\":\"kick\",\"room\":\"storm\",\"id\":\"" + id + "\"}");
                    kicked++;
                }
            }
            guests.getFirst().sendText("{\"type\":\"leave\",\"room\":\"storm\"}");
            ann.sendText("{\"type\":\"signal\",\"room\":\"quiet\",\"data\":" + round + "}");
            harness.settle();
            assertThat(bob.sentFrames()).singleElement().asString().contains("\"data\":" + round + ",");
            guests.forEach(HttpChannel::sentFrames);
        }
        assertThat(kicked).isGreaterThan(200);
    }

    /** Messages with valid fields; a bar before a field that may be absent, a tilde before one that may be anything. */
    static Stream<String> messages() {
        return Stream.of(
                "join room='r' |name='n' |metadata={} |password='p' |ref='1'",
                "leave room='r' |ref='1'",
                "signal room='r' |to='x' ~data=1 |ref='1'",
                "signal room='r' |toRole='host' ~data=1",
                "set room='r' key='k' ~value=1 |ref='1'",
                "kick room='r' id='x' |ref='1'",
                "ban room='r' id='x' |ref='1'",
                "admit room='r' id='x' |ref='1'",
                "refuse room='r' id='x' |ref='1'",
                "role room='r' id='x' role='host' |ref='1'",
                "refresh token='t' |room='r' |ref='1'",
                "ack ack=0",
                "ping |ref='1' |ack=0");
    }

    @ParameterizedTest
    @MethodSource("messages")
    void row76EveryFieldAbsentNullOrOfAnotherTypeIsAnError(String message) {
        String[] words = message.split(" ");
        HttpChannel channel = open();
        for (int i = 1; i < words.length; i++) {
            boolean optional = words[i].startsWith("|");
            boolean anything = words[i].startsWith("~");
            List<String> values =
                    new ArrayList<>(anything ? List.of() : List.of("null", "[]", "{\"a\":{}}", "true", "1.5"));
            if (words[i].contains("metadata")) {
                values.remove("{\"a\":{}}");
            }
            if (!optional) {
                values.add("");
            }
            for (String value : values) {
                assertThat(answerTo(channel, withField(words, i, value)))
                        .as(words[i] + " " + value)
                        .singleElement()
                        .asString()
                        .contains(BAD_MESSAGE);
            }
        }
        assertThat(answerTo(channel, "{\"type\":\"ping\"}")).as("still there").hasSize(1);
    }

    /** The message with one field changed, or without it if the value is empty. */
    private static String withField(String[] words, int changed, String value) {
        StringBuilder text = new StringBuilder("{\"type\":\"" + words[0] + "\"");
        for (int i = 1; i < words.length; i++) {
            String[] field = words[i].replaceAll("^[|~]", "").split("=", 2);
            String written = i == changed ? value : field[1].replace('\'', '"');
            if (!written.isEmpty()) {
                text.append(",\"").append(field[0]).append("\":").append(written);
            }
        }
        return text.append('}').toString();
    }
}
