package dev.parley.ice.stun.attribute;

import dev.parley.ice.address.TransportAddress;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * RESPONSE-ORIGIN: the source address of a Binding response (RFC 5780 section 7.3).
 */
public record ResponseOrigin(TransportAddress address) implements Attribute {
    public static final int TYPE = 0x802B;

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable ResponseOrigin read(ByteBuf message, int offset, int length) {
        TransportAddress address = AddressFormat.read(message, offset, length);
        return address == null ? null : new ResponseOrigin(address);
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        AddressFormat.write(address, target);
    }
}
