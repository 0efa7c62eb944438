package dev.parley.turn.stream;

import dev.parley.ice.stun.ChannelDataHeader;
import dev.parley.ice.stun.ChannelNumbers;
import io.netty.buffer.ByteBuf;

/**
 * How long the next message of a stream is, by its first bytes: there is nothing between messages, so a stream that is
 * wrong once cannot be read any further.
 *
 * <pre>
 *   0        1        2        3        4        5        6        7
 *  +--------+--------+--------+--------+--------+--------+--------+--------+
 *  |00  message type |     length      |     magic cookie 2112A442         |  20 bytes and length, a multiple of 4
 *  +--------+--------+--------+--------+--------+--------+--------+--------+
 *  |01  channel      |     length      |  payload, padded to 4             |  4 bytes and length, rounded up
 *  +--------+--------+--------+--------+--------+--------+--------+--------+
 * </pre>
 *
 * RFC 8489 section 6.2.2, RFC 8656 section 12.5.
 */
final class FrameLength {
    /** More bytes are needed to tell. */
    static final int UNKNOWN = -1;

    /** Neither STUN nor ChannelData. */
    static final int BAD = -2;

    private static final int MAGIC_COOKIE = 0x2112_A442;
    private static final int COOKIE_END = 8;
    private static final int STUN_HEADER = 20;
    private static final int STUN_FIRST_MOST = 3;

    private FrameLength() {}

    /** Bytes of the message that begins at the reader index, padding included; or {@link #UNKNOWN}, {@link #BAD}. */
    static int of(ByteBuf stream) {
        int readable = stream.readableBytes();
        if (readable == 0) {
            return UNKNOWN;
        }
        boolean isStun = stream.getUnsignedByte(stream.readerIndex()) <= STUN_FIRST_MOST;
        if (!isStun && !ChannelNumbers.RFC_5766.contain(stream.getUnsignedByte(stream.readerIndex()) << Byte.SIZE)) {
            return BAD;
        }
        if (readable < ChannelDataHeader.LENGTH) {
            return UNKNOWN;
        }
        int length = ChannelDataHeader.length(stream); // where STUN has its length too
        return isStun ? stunLength(stream, length) : ChannelDataHeader.LENGTH + padded(length);
    }

    private static int stunLength(ByteBuf stream, int length) {
        if (length != padded(length)) {
            return BAD;
        }
        if (stream.readableBytes() < COOKIE_END) {
            return STUN_HEADER + length;
        }
        boolean hasCookie = stream.getInt(stream.readerIndex() + Integer.BYTES) == MAGIC_COOKIE;
        return hasCookie ? STUN_HEADER + length : BAD;
    }

    /** The length with its padding to a multiple of 4. */
    static int padded(int length) {
        return length + 3 & ~3;
    }
}
