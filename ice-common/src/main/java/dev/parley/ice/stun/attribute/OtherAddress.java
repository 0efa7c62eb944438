package dev.parley.ice.stun.attribute;

import dev.parley.ice.address.TransportAddress;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * OTHER-ADDRESS: where a response would come from with both change flags set (RFC 5780 section 7.4).
 */
public record OtherAddress(TransportAddress address) implements Attribute {
    public static final int TYPE = 0x802C;

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable OtherAddress read(ByteBuf message, int offset, int length) {
        TransportAddress address = AddressFormat.read(message, offset, length);
        return address == null ? null : new OtherAddress(address);
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        AddressFormat.write(address, target);
    }
}
