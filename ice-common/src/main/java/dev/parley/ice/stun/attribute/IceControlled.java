package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * ICE-CONTROLLED, with the tie breaker of the sender (RFC 8445 section 16.1).
 */
public record IceControlled(long tieBreaker) implements Attribute {
    public static final int TYPE = 0x8029;

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable IceControlled read(ByteBuf message, int offset, int length) {
        return length == Long.BYTES ? new IceControlled(message.getLong(offset)) : null;
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        target.writeLong(tieBreaker);
    }
}
