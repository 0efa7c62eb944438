package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * DONT-FRAGMENT: the server is asked to set DF towards the peer (RFC 8656 section 18.9).
 */
public record DontFragment() implements Attribute {
    public static final int TYPE = 0x001A;

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable DontFragment read(ByteBuf message, int offset, int length) {
        return length == 0 ? new DontFragment() : null;
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        // the attribute has no value
    }
}
