package dev.parley.ice.stun.attribute;

import dev.parley.ice.address.TransportAddress;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * XOR-MAPPED-ADDRESS: the reflexive address, hidden from meddling NATs (RFC 8489 section 14.2).
 */
public record XorMappedAddress(TransportAddress address) implements Attribute {
    public static final int TYPE = 0x0020;

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable XorMappedAddress read(ByteBuf message, int offset, int length) {
        TransportAddress address = AddressFormat.readXored(message, offset, length);
        return address == null ? null : new XorMappedAddress(address);
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        AddressFormat.writeXored(address, target, messageStart);
    }
}
