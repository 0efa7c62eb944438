package dev.parley.ice.stun.attribute;

import dev.parley.ice.address.TransportAddress;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * ALTERNATE-SERVER: another server to try, with error 300 (RFC 8489 section 14.15).
 */
public record AlternateServer(TransportAddress address) implements Attribute {
    public static final int TYPE = 0x8023;

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable AlternateServer read(ByteBuf message, int offset, int length) {
        TransportAddress address = AddressFormat.read(message, offset, length);
        return address == null ? null : new AlternateServer(address);
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        AddressFormat.write(address, target);
    }
}
