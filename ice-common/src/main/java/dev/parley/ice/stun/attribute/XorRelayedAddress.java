package dev.parley.ice.stun.attribute;

import dev.parley.ice.address.TransportAddress;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * XOR-RELAYED-ADDRESS: the address the server allocated to the client (RFC 8656 section 18.5).
 */
public record XorRelayedAddress(TransportAddress address) implements Attribute {
    public static final int TYPE = 0x0016;

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable XorRelayedAddress read(ByteBuf message, int offset, int length) {
        TransportAddress address = AddressFormat.readXored(message, offset, length);
        return address == null ? null : new XorRelayedAddress(address);
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        AddressFormat.writeXored(address, target, messageStart);
    }
}
