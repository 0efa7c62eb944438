package dev.parley.ice.stun.attribute;

import dev.parley.ice.address.AddressFamily;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * REQUESTED-ADDRESS-FAMILY (RFC 8656 section 18.6).
 *
 * @param code 1, 2 or a number nobody knows yet, which the server answers with 440, so it is kept
 */
public record RequestedAddressFamily(int code) implements Attribute {
    public static final int TYPE = 0x0017;

    public RequestedAddressFamily {
        NumberRange.require(code, 0, 0xFF);
    }

    @Override
    public int type() {
        return TYPE;
    }

    public static RequestedAddressFamily of(AddressFamily family) {
        return new RequestedAddressFamily(family.stunCode());
    }

    /** The family, or null if the code is none. */
    public @Nullable AddressFamily family() {
        return AddressFormat.findFamily(code);
    }

    static @Nullable RequestedAddressFamily read(ByteBuf message, int offset, int length) {
        return length == Integer.BYTES ? new RequestedAddressFamily(message.getUnsignedByte(offset)) : null;
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        target.writeInt(code << 24);
    }
}
