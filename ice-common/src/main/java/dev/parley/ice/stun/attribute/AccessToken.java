package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;

/**
 * ACCESS-TOKEN: a self-contained OAuth token, opaque here (RFC 7635 section 6.2).
 */
public record AccessToken(Bytes token) implements Attribute {
    public static final int TYPE = 0x001B;

    @Override
    public int type() {
        return TYPE;
    }

    static AccessToken read(ByteBuf message, int offset, int length) {
        return new AccessToken(Bytes.copyOf(message, offset, length));
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        token.writeTo(target);
    }
}
