package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * USE-CANDIDATE: the controlling agent nominates this pair (RFC 8445 section 16.1).
 */
public record UseCandidate() implements Attribute {
    public static final int TYPE = 0x0025;

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable UseCandidate read(ByteBuf message, int offset, int length) {
        return length == 0 ? new UseCandidate() : null;
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        // the attribute has no value
    }
}
