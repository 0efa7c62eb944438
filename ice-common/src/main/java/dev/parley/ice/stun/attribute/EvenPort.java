package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * EVEN-PORT: the relayed port shall be even (RFC 8656 section 18.7).
 *
 * @param reserve the R bit: keep the next higher port for a later allocation
 */
public record EvenPort(boolean reserve) implements Attribute {
    public static final int TYPE = 0x0018;

    @Override
    public int type() {
        return TYPE;
    }

    private static final int RESERVE_BIT = 0x80;

    static @Nullable EvenPort read(ByteBuf message, int offset, int length) {
        return length == 1 ? new EvenPort((message.getByte(offset) & RESERVE_BIT) != 0) : null;
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        target.writeByte(reserve ? RESERVE_BIT : 0);
    }
}
