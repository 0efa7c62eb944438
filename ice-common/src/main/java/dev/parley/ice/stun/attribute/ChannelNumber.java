package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * CHANNEL-NUMBER (RFC 8656 section 18.1).
 *
 * @param number any 16-bit number; whether it may be bound is decided by the server
 */
public record ChannelNumber(int number) implements Attribute {
    public static final int TYPE = 0x000C;

    public ChannelNumber {
        NumberRange.require(number, 0, 0xFFFF);
    }

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable ChannelNumber read(ByteBuf message, int offset, int length) {
        return length == Integer.BYTES ? new ChannelNumber(message.getUnsignedShort(offset)) : null;
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        target.writeInt(number << 16);
    }
}
