package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * LIFETIME of an allocation (RFC 8656 section 18.2).
 *
 * @param seconds 0 to 4294967295; 0 in a Refresh request ends the allocation
 */
public record Lifetime(long seconds) implements Attribute {
    public static final int TYPE = 0x000D;

    public Lifetime {
        NumberRange.requireUnsigned32(seconds);
    }

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable Lifetime read(ByteBuf message, int offset, int length) {
        return length == Integer.BYTES ? new Lifetime(message.getUnsignedInt(offset)) : null;
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        target.writeInt((int) seconds);
    }
}
