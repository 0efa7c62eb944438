package dev.parley.ice.stun;

import io.netty.buffer.ByteBuf;

/**
 * Tells the protocols on one port apart by the first byte (RFC 7983 section 7, and what streams may begin with).
 *
 * <pre>
 *  first byte   datagram       first of a stream
 *    0 ..   3   STUN           STUN
 *   20 ..  63   DTLS           22: TLS
 *   64 .. 127   ChannelData    65 .. 90: HTTP, a method in capitals
 * </pre>
 *
 * RFC 7983 leaves 80 to 127 to nobody; RFC 5766 gave them to channels, and old clients still use them where the
 * operator
 * {@link ChannelNumbers allows} it. Elsewhere no channel can be bound there, so such datagrams are dropped all the
 * same.
 *
 * A stream cannot begin with ChannelData, since nothing is bound yet, so the overlap with capital letters does no harm.
 */
public final class Demultiplexer {
    private static final int TLS_HANDSHAKE = 22;

    private Demultiplexer() {}

    /** The kind of a datagram, or of a frame inside a stream already known to carry STUN and ChannelData. */
    public static PacketKind kind(ByteBuf packet) {
        if (!packet.isReadable()) {
            return PacketKind.UNKNOWN;
        }
        int first = packet.getUnsignedByte(packet.readerIndex());
        if (first <= 3) {
            return PacketKind.STUN;
        }
        if (first >= 64 && first <= 127) {
            return PacketKind.CHANNEL_DATA;
        }
        return first >= 20 && first <= 63 ? PacketKind.DTLS : PacketKind.UNKNOWN;
    }

    /** The kind of a stream by its very first byte, which must be there. */
    public static PacketKind streamKind(ByteBuf opening) {
        if (!opening.isReadable()) {
            return PacketKind.UNKNOWN;
        }
        int first = opening.getUnsignedByte(opening.readerIndex());
        if (first <= 3) {
            return PacketKind.STUN;
        }
        if (first >= 'A' && first <= 'Z') {
            return PacketKind.HTTP;
        }
        return first == TLS_HANDSHAKE ? PacketKind.TLS : PacketKind.UNKNOWN;
    }
}
