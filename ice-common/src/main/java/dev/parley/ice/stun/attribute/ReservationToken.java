package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * RESERVATION-TOKEN: names the relayed address held in reserve by EVEN-PORT (RFC 8656 section 18.10).
 */
public record ReservationToken(long value) implements Attribute {
    public static final int TYPE = 0x0022;

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable ReservationToken read(ByteBuf message, int offset, int length) {
        return length == Long.BYTES ? new ReservationToken(message.getLong(offset)) : null;
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        target.writeLong(value);
    }
}
