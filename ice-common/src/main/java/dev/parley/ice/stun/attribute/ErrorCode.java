package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * ERROR-CODE of an error response (RFC 8489 section 14.8).
 *
 * <pre>
 *   0        1        2        3        4 ..
 *  +--------+--------+-----+--+--------+----------------+
 *  |     reserved, 21 bits |cl| number | reason (UTF-8) |
 *  +--------+--------+-----+--+--------+----------------+
 * </pre>
 *
 * @param code 300 to 699
 * @param reason for people only; no decision depends on it
 */
public record ErrorCode(int code, String reason) implements Attribute {
    public static final int TYPE = 0x0009;

    public ErrorCode {
        NumberRange.require(code, 300, 699);
        TextFormat.requireAtMost(reason, TextFormat.PHRASE_BYTES);
    }

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable ErrorCode read(ByteBuf message, int offset, int length) {
        if (length < Integer.BYTES) {
            return null;
        }
        int code = codeOf(message.getUnsignedShort(offset + 2));
        String reason = TextFormat.read(message, offset + 4, length - 4, TextFormat.PHRASE_BYTES);
        return code < 0 || reason == null ? null : new ErrorCode(code, reason);
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        target.writeShort(0).writeShort(classAndNumber(code));
        TextFormat.write(reason, target);
    }

    /** The code in the last 11 of 16 bits, or -1 if class or number is out of range. */
    static int codeOf(int bits) {
        int hundreds = (bits >>> 8) & 0x07;
        int number = bits & 0xFF;
        return hundreds >= 3 && hundreds <= 6 && number <= 99 ? hundreds * 100 + number : -1;
    }

    static int classAndNumber(int code) {
        return ((code / 100) << 8) | (code % 100);
    }
}
