package dev.parley.ice.stun;

import io.netty.buffer.ByteBuf;

/**
 * The header of a ChannelData message (RFC 8656 section 12.4).
 *
 * <pre>
 *   0        1        2        3        4 ..
 *  +--------+--------+--------+--------+---------------------------------------+
 *  |  channel number |      length     | payload, padded to 4 on streams only  |
 *  +--------+--------+--------+--------+---------------------------------------+
 * </pre>
 *
 * The readers need {@link #LENGTH} readable bytes.
 */
public final class ChannelDataHeader {
    public static final int LENGTH = 4;

    private ChannelDataHeader() {}

    /** The first 16 bits; {@link ChannelNumbers} tells whether a channel may have that number. */
    public static int channelNumber(ByteBuf packet) {
        return packet.getUnsignedShort(packet.readerIndex());
    }

    /** Length of the payload in bytes, without header and padding, as the sender says. */
    public static int length(ByteBuf packet) {
        return packet.getUnsignedShort(packet.readerIndex() + 2);
    }

    /**
     * Whether a datagram holds a header, a number that some channel may have and at least as much payload as it says;
     * more is padding and ignored (RFC 8656 section 12.6).
     */
    public static boolean isWhole(ByteBuf datagram) {
        return datagram.readableBytes() >= LENGTH
                && ChannelNumbers.RFC_5766.contain(channelNumber(datagram))
                && length(datagram) <= datagram.readableBytes() - LENGTH;
    }

    /** Appends a header; the payload follows by a gather write. */
    public static void write(ByteBuf target, int number, int length) {
        target.writeShort(number).writeShort(length);
    }
}
