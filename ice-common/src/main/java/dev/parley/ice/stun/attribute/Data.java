package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;

/**
 * DATA: the payload of a Send or Data indication (RFC 8656 section 18.4), as a window into the decoded buffer.
 *
 * <p>Nothing is copied, so it is valid only as long as that buffer is. An encoder never writes one: the header of an
 * indication is written by the encoder's own methods, the payload by a gather write.
 *
 * @param offset in bytes from the start of the message
 * @param length of the payload in bytes, may be 0
 */
public record Data(int offset, int length) implements Attribute {
    public static final int TYPE = 0x0013;

    @Override
    public int type() {
        return TYPE;
    }

    static Data read(ByteBuf message, int offset, int length) {
        return new Data(offset - message.readerIndex(), length);
    }

    /** The payload as a slice of the message it was decoded from, whose reader index is at its start; not retained. */
    public ByteBuf payloadOf(ByteBuf message) {
        return message.slice(message.readerIndex() + offset, length);
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        throw new IllegalArgumentException("a DATA window has no bytes of its own to encode");
    }
}
