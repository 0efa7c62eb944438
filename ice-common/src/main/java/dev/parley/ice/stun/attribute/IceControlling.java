package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * ICE-CONTROLLING, with the tie breaker of the sender (RFC 8445 section 16.1).
 */
public record IceControlling(long tieBreaker) implements Attribute {
    public static final int TYPE = 0x802A;

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable IceControlling read(ByteBuf message, int offset, int length) {
        return length == Long.BYTES ? new IceControlling(message.getLong(offset)) : null;
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        target.writeLong(tieBreaker);
    }
}
