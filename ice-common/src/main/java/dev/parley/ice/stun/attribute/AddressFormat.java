package dev.parley.ice.stun.attribute;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes transport addresses, in clear and xored (RFC 8489 sections 14.1 and 14.2).
 *
 * <pre>
 *   0        1        2        3        4 .. 7, or 4 .. 19
 *  +--------+--------+--------+--------+-------------------+
 *  |  zero  | family |      port       | address           |
 *  +--------+--------+--------+--------+-------------------+
 * </pre>
 *
 * A xored port is masked with the first two bytes of the magic cookie, a xored address with as many bytes as it has of
 * cookie and transaction id, which are bytes 4 to 19 of the message.
 */
final class AddressFormat {
    private static final int IPV4_BYTES = 8;
    private static final int IPV6_BYTES = 20;
    private static final int MASK_OFFSET = 4;

    private AddressFormat() {}

    /** The address, or null if family and length do not fit each other. */
    static @Nullable TransportAddress read(ByteBuf message, int offset, int length) {
        return read(message, offset, length, 0, 0);
    }

    /** As {@link #read}, unmasked with the header of the message. */
    static @Nullable TransportAddress readXored(ByteBuf message, int offset, int length) {
        int mask = message.readerIndex() + MASK_OFFSET;
        return read(message, offset, length, message.getLong(mask), message.getLong(mask + Long.BYTES));
    }

    private static @Nullable TransportAddress read(
            ByteBuf message, int offset, int length, long highMask, long lowMask) {
        if (length != IPV4_BYTES && length != IPV6_BYTES) {
            return null;
        }
        AddressFamily family = findFamily(message.getUnsignedByte(offset + 1));
        int port = message.getUnsignedShort(offset + 2) ^ (int) (highMask >>> 48);
        if (family == AddressFamily.IPV4 && length == IPV4_BYTES) {
            return new TransportAddress(family, 0, message.getUnsignedInt(offset + 4) ^ (highMask >>> 32), port);
        }
        if (family == AddressFamily.IPV6 && length == IPV6_BYTES) {
            long high = message.getLong(offset + 4) ^ highMask;
            long low = message.getLong(offset + 12) ^ lowMask;
            return new TransportAddress(family, high, low, port);
        }
        return null;
    }

    static void write(TransportAddress address, ByteBuf target) {
        write(address, target, 0, 0);
    }

    static void writeXored(TransportAddress address, ByteBuf target, int messageStart) {
        int mask = messageStart + MASK_OFFSET;
        write(address, target, target.getLong(mask), target.getLong(mask + Long.BYTES));
    }

    private static void write(TransportAddress address, ByteBuf target, long highMask, long lowMask) {
        target.writeShort(address.family().stunCode());
        target.writeShort(address.port() ^ (int) (highMask >>> 48));
        switch (address.family()) {
            case IPV4 -> target.writeInt((int) (address.low() ^ (highMask >>> 32)));
            case IPV6 -> target.writeLong(address.high() ^ highMask).writeLong(address.low() ^ lowMask);
        }
    }

    static @Nullable AddressFamily findFamily(int stunCode) {
        if (stunCode == AddressFamily.IPV4.stunCode()) {
            return AddressFamily.IPV4;
        }
        return stunCode == AddressFamily.IPV6.stunCode() ? AddressFamily.IPV6 : null;
    }
}
