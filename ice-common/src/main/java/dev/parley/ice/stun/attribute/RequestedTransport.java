package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * REQUESTED-TRANSPORT of the relayed address (RFC 8656 section 18.8, RFC 6062 section 5.1).
 *
 * @param protocol IP protocol number: {@link #UDP}, {@link #TCP}, or one the server refuses with 442
 */
public record RequestedTransport(int protocol) implements Attribute {
    public static final int TYPE = 0x0019;
    public static final int TCP = 6;
    public static final int UDP = 17;

    public RequestedTransport {
        NumberRange.require(protocol, 0, 0xFF);
    }

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable RequestedTransport read(ByteBuf message, int offset, int length) {
        return length == Integer.BYTES ? new RequestedTransport(message.getUnsignedByte(offset)) : null;
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        target.writeInt(protocol << 24);
    }
}
