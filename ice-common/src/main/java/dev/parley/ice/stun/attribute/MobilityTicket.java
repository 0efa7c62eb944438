package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;

/**
 * MOBILITY-TICKET: names an allocation from a new address (RFC 8016 section 3.3); empty in a request for one.
 */
public record MobilityTicket(Bytes ticket) implements Attribute {
    public static final int TYPE = 0x8030;

    @Override
    public int type() {
        return TYPE;
    }

    static MobilityTicket read(ByteBuf message, int offset, int length) {
        return new MobilityTicket(Bytes.copyOf(message, offset, length));
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        ticket.writeTo(target);
    }
}
