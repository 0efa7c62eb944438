package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * CONNECTION-ID of a peer data connection (RFC 6062 section 6.2.1).
 *
 * @param value 0 to 4294967295
 */
public record ConnectionId(long value) implements Attribute {
    public static final int TYPE = 0x002A;

    public ConnectionId {
        NumberRange.requireUnsigned32(value);
    }

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable ConnectionId read(ByteBuf message, int offset, int length) {
        return length == Integer.BYTES ? new ConnectionId(message.getUnsignedInt(offset)) : null;
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        target.writeInt((int) value);
    }
}
