package dev.parley.ice.stun.attribute;

import dev.parley.ice.address.AddressFamily;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * ADDITIONAL-ADDRESS-FAMILY: asks for IPv4 and IPv6 at once (RFC 8656 section 18.11).
 *
 * @param code 2, or a number the server refuses with 400, so it is kept
 */
public record AdditionalAddressFamily(int code) implements Attribute {
    public static final int TYPE = 0x8000;

    public AdditionalAddressFamily {
        NumberRange.require(code, 0, 0xFF);
    }

    @Override
    public int type() {
        return TYPE;
    }

    public static AdditionalAddressFamily of(AddressFamily family) {
        return new AdditionalAddressFamily(family.stunCode());
    }

    /** The family, or null if the code is none. */
    public @Nullable AddressFamily family() {
        return AddressFormat.findFamily(code);
    }

    static @Nullable AdditionalAddressFamily read(ByteBuf message, int offset, int length) {
        return length == Integer.BYTES ? new AdditionalAddressFamily(message.getUnsignedByte(offset)) : null;
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        target.writeInt(code << 24);
    }
}
