package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * FINGERPRINT: tells STUN from other protocols on the same port (RFC 8489 section 14.7).
 *
 * <p>Only ever read: the encoder computes its own.
 *
 * @param value CRC-32 of what stands before it, xored with 0x5354554E
 */
public record FingerprintAttribute(int value) implements Attribute {
    public static final int TYPE = 0x8028;
    public static final int LENGTH = 4;

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable FingerprintAttribute read(ByteBuf message, int offset, int length) {
        return length == LENGTH ? new FingerprintAttribute(message.getInt(offset)) : null;
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        target.writeInt(value);
    }
}
