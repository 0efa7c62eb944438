package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * PRIORITY of the peer-reflexive candidate a check may discover (RFC 8445 section 16.1).
 *
 * @param value 0 to 4294967295
 */
public record Priority(long value) implements Attribute {
    public static final int TYPE = 0x0024;

    public Priority {
        NumberRange.requireUnsigned32(value);
    }

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable Priority read(ByteBuf message, int offset, int length) {
        return length == Integer.BYTES ? new Priority(message.getUnsignedInt(offset)) : null;
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        target.writeInt((int) value);
    }
}
