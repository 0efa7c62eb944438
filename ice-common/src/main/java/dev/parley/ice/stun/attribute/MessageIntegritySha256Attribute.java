package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * MESSAGE-INTEGRITY-SHA256: the HMAC-SHA256 of what stands before it (RFC 8489 section 14.6).
 *
 * <p>Only ever read: the encoder computes its own.
 *
 * @param hmac 16 to 32 bytes, a multiple of 4; whether a cut one is good enough is decided where it is verified
 */
public record MessageIntegritySha256Attribute(Bytes hmac) implements Attribute {
    public static final int TYPE = 0x001C;
    public static final int LENGTH = 32;
    public static final int LEAST_LENGTH = 16;

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable MessageIntegritySha256Attribute read(ByteBuf message, int offset, int length) {
        return length >= LEAST_LENGTH && length <= LENGTH && length % 4 == 0
                ? new MessageIntegritySha256Attribute(Bytes.copyOf(message, offset, length))
                : null;
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        hmac.writeTo(target);
    }
}
