package dev.parley.ice.stun;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The fixed head of every message (RFC 8489 section 5).
 *
 * <pre>
 *   0        1        2        3        4 .. 7           8 .. 19
 *  +--------+--------+--------+--------+----------------+------------------+
 *  |00 M C M C M     |  length w/o head| 0x2112A442     | transaction id   |
 *  +--------+--------+--------+--------+----------------+------------------+
 *    type bits: 0 0 M11-M7 C1 M6-M4 C0 M3-M0
 * </pre>
 */
final class StunHeader {
    static final int LENGTH = 20;
    static final int COOKIE = 0x2112A442;

    /** Offset of the length field. */
    static final int LENGTH_FIELD = 2;

    private static final int COOKIE_FIELD = 4;
    private static final int TRANSACTION_ID_FIELD = 8;

    private static final StunClass[] CLASSES = StunClass.values();

    private StunHeader() {}

    /** Whether a message may start here; needs no more than the first eight bytes to be right. */
    static boolean isStun(ByteBuf message) {
        int start = message.readerIndex();
        return message.readableBytes() >= LENGTH
                && (message.getByte(start) & 0xC0) == 0
                && message.getInt(start + COOKIE_FIELD) == COOKIE;
    }

    static int bodyLength(ByteBuf message) {
        return message.getUnsignedShort(message.readerIndex() + LENGTH_FIELD);
    }

    static StunClass messageClass(ByteBuf message) {
        int type = message.getUnsignedShort(message.readerIndex());
        return CLASSES[((type >>> 7) & 2) | ((type >>> 4) & 1)];
    }

    static @Nullable StunMethod findMethod(ByteBuf message) {
        int type = message.getUnsignedShort(message.readerIndex());
        return StunMethod.find((type & 0x000F) | ((type & 0x00E0) >>> 1) | ((type & 0x3E00) >>> 2));
    }

    static TransactionId transactionId(ByteBuf message) {
        int field = message.readerIndex() + TRANSACTION_ID_FIELD;
        return new TransactionId(message.getInt(field), message.getLong(field + Integer.BYTES));
    }

    /** Appends a head; the length may be corrected later. */
    static void write(
            ByteBuf target, StunClass messageClass, StunMethod method, TransactionId transactionId, int bodyLength) {
        target.writeShort(type(messageClass, method)).writeShort(bodyLength).writeInt(COOKIE);
        target.writeInt(transactionId.high()).writeLong(transactionId.low());
    }

    private static int type(StunClass messageClass, StunMethod method) {
        int m = method.code();
        int c = messageClass.bits();
        return (m & 0x000F) | ((m & 0x0070) << 1) | ((m & 0x0F80) << 2) | ((c & 1) << 4) | ((c & 2) << 7);
    }
}
