package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;

/**
 * PADDING: makes a message long enough to be fragmented (RFC 5780 section 7.6); the bytes mean nothing.
 *
 * @param length in bytes, 0 to 65535
 */
public record Padding(int length) implements Attribute {
    public static final int TYPE = 0x0026;

    public Padding {
        NumberRange.require(length, 0, 0xFFFF);
    }

    @Override
    public int type() {
        return TYPE;
    }

    static Padding read(ByteBuf message, int offset, int length) {
        return new Padding(length);
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        target.writeZero(length);
    }
}
