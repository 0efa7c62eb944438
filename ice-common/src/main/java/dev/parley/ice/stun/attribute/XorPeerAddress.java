package dev.parley.ice.stun.attribute;

import dev.parley.ice.address.TransportAddress;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * XOR-PEER-ADDRESS: the peer as the server sees it (RFC 8656 section 18.3); CreatePermission may carry several.
 */
public record XorPeerAddress(TransportAddress address) implements Attribute {
    public static final int TYPE = 0x0012;

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable XorPeerAddress read(ByteBuf message, int offset, int length) {
        TransportAddress address = AddressFormat.readXored(message, offset, length);
        return address == null ? null : new XorPeerAddress(address);
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        AddressFormat.writeXored(address, target, messageStart);
    }
}
