package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * UNKNOWN-ATTRIBUTES: what error 420 did not understand (RFC 8489 section 14.13).
 *
 * @param types attribute types, 0 to 65535; at most {@link #MOST_TYPES}
 */
public record UnknownAttributes(List<Integer> types) implements Attribute {
    public static final int TYPE = 0x000A;

    /** How many types one message reports, so that nobody can make answers grow. */
    public static final int MOST_TYPES = 32;

    public UnknownAttributes {
        types = List.copyOf(types);
        NumberRange.require(types.size(), 0, MOST_TYPES);
        for (int type : types) {
            NumberRange.require(type, 0, 0xFFFF);
        }
    }

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable UnknownAttributes read(ByteBuf message, int offset, int length) {
        if (length % Short.BYTES != 0) {
            return null;
        }
        int count = Math.min(length / Short.BYTES, MOST_TYPES); // the first ones tell enough
        List<Integer> types = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            types.add(message.getUnsignedShort(offset + i * Short.BYTES));
        }
        return new UnknownAttributes(types);
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        for (int type : types) {
            target.writeShort(type);
        }
    }
}
