package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * ALTERNATE-DOMAIN: the name to check the certificate of an ALTERNATE-SERVER against (RFC 8489 section 14.16).
 */
public record AlternateDomain(String name) implements Attribute {
    public static final int TYPE = 0x8003;

    public AlternateDomain {
        TextFormat.requireAtMost(name, TextFormat.PHRASE_BYTES);
    }

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable AlternateDomain read(ByteBuf message, int offset, int length) {
        String name = TextFormat.read(message, offset, length, TextFormat.PHRASE_BYTES);
        return name == null ? null : new AlternateDomain(name);
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        TextFormat.write(name, target);
    }
}
