package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * NONCE, without its quotes (RFC 8489 section 14.10).
 */
public record Nonce(String value) implements Attribute {
    public static final int TYPE = 0x0015;

    public Nonce {
        TextFormat.requireAtMost(value, TextFormat.PHRASE_BYTES);
    }

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable Nonce read(ByteBuf message, int offset, int length) {
        String value = TextFormat.read(message, offset, length, TextFormat.PHRASE_BYTES);
        return value == null ? null : new Nonce(value);
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        TextFormat.write(value, target);
    }
}
