package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads and writes the UTF-8 texts of attributes within the RFC's limits. */
final class TextFormat {
    /** Names of fewer than 509 bytes are sent, but these many have to be read (RFC 8489 section 14.3). */
    static final int USERNAME_BYTES = 763;

    /** What fewer than 128 characters may grow to when decoding (RFC 8489 section 14.8). */
    static final int PHRASE_BYTES = 763;

    private static final char REPLACEMENT = '\uFFFD';

    private TextFormat() {}

    /** The text, or null if it is too long or not UTF-8: two byte strings must never pass as one username. */
    static @Nullable String read(ByteBuf message, int offset, int length, int mostBytes) {
        if (length > mostBytes) {
            return null;
        }
        byte[] bytes = new byte[length];
        message.getBytes(offset, bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean replaced =
                text.indexOf(REPLACEMENT) >= 0 && !Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8));
        return replaced ? null : text;
    }

    /**
     * As {@link #read}, for texts that only people see: what is no UTF-8 becomes question marks, what is too long is
     * cut.
     */
    static String readLenient(ByteBuf message, int offset, int length, int mostBytes) {
        byte[] bytes = new byte[Math.min(length, mostBytes)];
        message.getBytes(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8).replace(REPLACEMENT, '?');
    }

    static void write(String text, ByteBuf target) {
        target.writeCharSequence(text, StandardCharsets.UTF_8);
    }

    static void requireAtMost(String text, int mostBytes) {
        int bytes = ByteBufUtil.utf8Bytes(text);
        if (bytes > mostBytes) {
            throw new IllegalArgumentException("a text of " + bytes + " bytes is longer than " + mostBytes);
        }
    }
}
