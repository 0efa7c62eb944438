package dev.parley.ice.stun.attribute;

import dev.parley.ice.address.TransportAddress;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * MAPPED-ADDRESS: the reflexive address as the server sees it, in clear (RFC 8489 section 14.1).
 */
public record MappedAddress(TransportAddress address) implements Attribute {
    public static final int TYPE = 0x0001;

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable MappedAddress read(ByteBuf message, int offset, int length) {
        TransportAddress address = AddressFormat.read(message, offset, length);
        return address == null ? null : new MappedAddress(address);
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        AddressFormat.write(address, target);
    }
}
