package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * USERNAME (RFC 8489 section 14.3): sent with fewer than 509 bytes, read with at most 763.
 */
public record Username(String value) implements Attribute {
    public static final int TYPE = 0x0006;

    public Username {
        TextFormat.requireAtMost(value, TextFormat.USERNAME_BYTES);
    }

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable Username read(ByteBuf message, int offset, int length) {
        String value = TextFormat.read(message, offset, length, TextFormat.USERNAME_BYTES);
        return value == null ? null : new Username(value);
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        TextFormat.write(value, target);
    }
}
