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

    private static final int LEAST_CHANNEL = 0x4000;
    private static final int MOST_CHANNEL = 0x4FFF;

    private ChannelDataHeader() {}

    /** The first 16 bits; check them with {@link #isChannelNumber}. */
    public static int channelNumber(ByteBuf packet) {
        return packet.getUnsignedShort(packet.readerIndex());
    }

    /** Length of the payload in bytes, without header and padding, as the sender says. */
    public static int length(ByteBuf packet) {
        return packet.getUnsignedShort(packet.readerIndex() + 2);
    }

    /**
     * Whether a datagram holds a header, a possible channel number and at least as much payload as it says; more is
     * padding and ignored (RFC 8656 section 12.6).
     */
    public static boolean isWhole(ByteBuf datagram) {
        return datagram.readableBytes() >= LENGTH
                && isChannelNumber(channelNumber(datagram))
                && length(datagram) <= datagram.readableBytes() - LENGTH;
    }

    /** Whether a channel may have this number: 0x4000 to 0x4FFF (RFC 8656 section 12). */
    public static boolean isChannelNumber(int number) {
        return number >= LEAST_CHANNEL && number <= MOST_CHANNEL;
    }

    /** Appends a header; the payload follows by a gather write. */
    public static void write(ByteBuf target, int number, int length) {
        target.writeShort(number).writeShort(length);
    }
}
