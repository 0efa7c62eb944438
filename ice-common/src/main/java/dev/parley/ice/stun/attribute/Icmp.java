package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * ICMP: why a datagram did not reach the peer (RFC 8656 section 18.13).
 *
 * <pre>
 *   0        1        2        3        4 .. 7
 *  +--------+--------+--------+--------+----------+
 *  |    reserved     |  type  |  code  |   data   |
 *  +--------+--------+--------+--------+----------+
 * </pre>
 *
 * @param icmpType 0 to 255, of ICMP or ICMPv6 by the peer's family
 * @param code 0 to 255
 * @param data the MTU of the next hop in bytes for "too big" messages, else 0; 0 to 4294967295
 */
public record Icmp(int icmpType, int code, long data) implements Attribute {
    public static final int TYPE = 0x8004;

    public Icmp {
        NumberRange.require(icmpType, 0, 0xFF);
        NumberRange.require(code, 0, 0xFF);
        NumberRange.requireUnsigned32(data);
    }

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable Icmp read(ByteBuf message, int offset, int length) {
        return length == 8
                ? new Icmp(
                        message.getUnsignedByte(offset + 2),
                        message.getUnsignedByte(offset + 3),
                        message.getUnsignedInt(offset + 4))
                : null;
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        target.writeShort(0).writeByte(icmpType).writeByte(code).writeInt((int) data);
    }
}
