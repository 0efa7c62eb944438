package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8CheckTest {
    /** The bytes at which something changes, and one within each range. */
    private static final int[] OCTETS = {
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
        0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
    };

    @Test
    void everyShortSequenceIsTakenAsThePlatformTakesIt() {
        for (int first : OCTETS) {
            for (int second : OCTETS) {
                for (int third : OCTETS) {
                    for (int fourth : OCTETS) {
                        assertTakenRightly((byte) first, (byte) second, (byte) third, (byte) fourth);
                    }
                }
            }
        }
    }

    @Test
    void longTextsAreTakenAsThePlatformTakesThemWhereverTheyAreCut() {
        Random random = new Random(1);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = text(random).getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(4) == 0 && bytes.length > 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            int cut = random.nextInt(bytes.length + 1);

            assertThat(isUtf8(Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length)))
                    .as(Arrays.toString(bytes))
                    .isEqualTo(isUtf8ForThePlatform(bytes));
        }
    }

    @Test
    void theFirstWrongByteIsKnownBeforeTheMessageEnds() {
        Utf8Check check = new Utf8Check();

        assertThat(check.accepts(Unpooled.wrappedBuffer(new byte[] {(byte) 0xED})))
                .isTrue();
        assertThat(check.accepts(Unpooled.wrappedBuffer(new byte[] {(byte) 0xA0})))
                .as("half of a surrogate pair")
                .isFalse();
    }

    @Test
    void afterAMessageThatEndedWithinACharacterTheNextBeginsAnew() {
        Utf8Check check = new Utf8Check();
        check.accepts(Unpooled.wrappedBuffer(new byte[] {(byte) 0xC3}));

        assertThat(check.isWhole()).isFalse();
        assertThat(check.accepts(Unpooled.wrappedBuffer(new byte[] {'a'}))).isTrue();
        assertThat(check.isWhole()).isTrue();
    }

    private static void assertTakenRightly(byte... bytes) {
        assertThat(isUtf8(bytes)).as(Arrays.toString(bytes)).isEqualTo(isUtf8ForThePlatform(bytes));
    }

    private static boolean isUtf8(byte[]... pieces) {
        Utf8Check check = new Utf8Check();
        for (byte[] piece : pieces) {
            if (!check.accepts(Unpooled.wrappedBuffer(piece))) {
                return false;
            }
        }
        return check.isWhole();
    }

    private static boolean isUtf8ForThePlatform(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            text.appendCodePoint(
                    switch (random.nextInt(8)) {
                        case 0 -> 0x80 + random.nextInt(0x780);
                        case 1 -> 0x800 + random.nextInt(0x5000);
                        case 2 -> 0x10000 + random.nextInt(0x100000);
                        default -> random.nextInt(0x80);
                    });
        }
        return text.toString();
    }
}
