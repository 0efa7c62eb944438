package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;

/**
 * A comprehension-optional attribute nobody here knows, kept so that a message can be looked at.
 *
 * @param type 0x8000 to 0xFFFF
 */
public record UnknownAttribute(int type, Bytes value) implements Attribute {

    public UnknownAttribute {
        NumberRange.require(type, 0, 0xFFFF);
    }

    static UnknownAttribute read(int type, ByteBuf message, int offset, int length) {
        return new UnknownAttribute(type, Bytes.copyOf(message, offset, length));
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        value.writeTo(target);
    }
}
