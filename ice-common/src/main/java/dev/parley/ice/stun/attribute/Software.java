package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * SOFTWARE: a free description of the sender; no decision depends on it (RFC 8489 section 14.14).
 */
public record Software(String value) implements Attribute {
    public static final int TYPE = 0x8022;

    public Software {
        TextFormat.requireAtMost(value, TextFormat.PHRASE_BYTES);
    }

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable Software read(ByteBuf message, int offset, int length) {
        String value = TextFormat.readLenient(message, offset, length, TextFormat.PHRASE_BYTES);
        return value == null ? null : new Software(value);
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        TextFormat.write(value, target);
    }
}
