package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * RESPONSE-PORT: the port the Binding response goes to (RFC 5780 section 7.5).
 *
 * @param port 0 to 65535
 */
public record ResponsePort(int port) implements Attribute {
    public static final int TYPE = 0x0027;

    public ResponsePort {
        NumberRange.require(port, 0, 0xFFFF);
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** The RFC leaves open whether its two bytes of padding count, so both lengths are read; four are written. */
    static @Nullable ResponsePort read(ByteBuf message, int offset, int length) {
        return length == 2 || length == 4 ? new ResponsePort(message.getUnsignedShort(offset)) : null;
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        target.writeInt(port << 16);
    }
}
