package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * CACHE-TIMEOUT: how long the server may remember a response for this request (registered by RFC 5780 section 9.1).
 *
 * @param seconds 0 to 4294967295
 */
public record CacheTimeout(long seconds) implements Attribute {
    public static final int TYPE = 0x8027;

    public CacheTimeout {
        NumberRange.requireUnsigned32(seconds);
    }

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable CacheTimeout read(ByteBuf message, int offset, int length) {
        return length == Integer.BYTES ? new CacheTimeout(message.getUnsignedInt(offset)) : null;
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        target.writeInt((int) seconds);
    }
}
