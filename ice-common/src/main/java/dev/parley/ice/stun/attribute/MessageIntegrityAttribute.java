package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * MESSAGE-INTEGRITY: the HMAC-SHA1 of what stands before it (RFC 8489 section 14.5).
 *
 * <p>Only ever read: the encoder computes its own.
 */
public record MessageIntegrityAttribute(Bytes hmac) implements Attribute {
    public static final int TYPE = 0x0008;
    public static final int LENGTH = 20;

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable MessageIntegrityAttribute read(ByteBuf message, int offset, int length) {
        return length == LENGTH ? new MessageIntegrityAttribute(Bytes.copyOf(message, offset, length)) : null;
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        hmac.writeTo(target);
    }
}
