package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * PASSWORD-ALGORITHM: how the key was made from the password (RFC 8489 section 14.12).
 *
 * <pre>
 *   0        1        2        3        4 ..
 *  +--------+--------+--------+--------+--------------------------+
 *  |     algorithm   | bytes of params | params, padded to 4      |
 *  +--------+--------+--------+--------+--------------------------+
 * </pre>
 *
 * @param algorithm {@link #MD5}, {@link #SHA256} or a number nobody knows yet
 * @param parameters empty for both known algorithms
 */
public record PasswordAlgorithm(int algorithm, Bytes parameters) implements Attribute {
    public static final int TYPE = 0x001D;
    public static final int MD5 = 0x0001;
    public static final int SHA256 = 0x0002;

    public PasswordAlgorithm {
        NumberRange.require(algorithm, 0, 0xFFFF);
        NumberRange.require(parameters.length(), 0, 0xFFFF);
    }

    @Override
    public int type() {
        return TYPE;
    }

    public static PasswordAlgorithm md5() {
        return new PasswordAlgorithm(MD5, Bytes.EMPTY);
    }

    public static PasswordAlgorithm sha256() {
        return new PasswordAlgorithm(SHA256, Bytes.EMPTY);
    }

    static @Nullable PasswordAlgorithm read(ByteBuf message, int offset, int length) {
        PasswordAlgorithm algorithm = readEntry(message, offset, length);
        return algorithm == null || !algorithm.fills(length) ? null : algorithm;
    }

    /** The padding of the last entry of a value may be counted in the attribute's length or left to its own padding. */
    boolean fills(int length) {
        return length == 4 + parameters.length() || length == entryBytes();
    }

    /** Reads one entry of a list of which {@code length} bytes are left; null if it does not fit. */
    static @Nullable PasswordAlgorithm readEntry(ByteBuf message, int offset, int length) {
        if (length < 4) {
            return null;
        }
        int parameterBytes = message.getUnsignedShort(offset + 2);
        if (parameterBytes > length - 4) {
            return null;
        }
        Bytes parameters = Bytes.copyOf(message, offset + 4, parameterBytes);
        return new PasswordAlgorithm(message.getUnsignedShort(offset), parameters);
    }

    int entryBytes() {
        return 4 + parameters.length() + AttributeCodec.paddingBytes(parameters.length());
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        target.writeShort(algorithm).writeShort(parameters.length());
        parameters.writeTo(target);
        target.writeZero(AttributeCodec.paddingBytes(parameters.length()));
    }
}
