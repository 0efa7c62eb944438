package dev.parley.turn.dtls;

import io.netty.buffer.ByteBuf;

/**
 * Where things stand in a DTLS 1.2 record (RFC 6347 section 4.1). Reads only, and only what the length allows.
 *
 * <pre>
 *  0        1        3        5                    11       13
 * | type   | version | epoch  | sequence number    | length | fragment ...
 * </pre>
 */
final class DtlsRecord {
    static final int HEADER_BYTES = 13;

    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION_DATA = 23;

    /** DTLS 1.2; versions count downwards. */
    static final int DTLS_1_2 = 0xFEFD;
    /** DTLS 1.0, which first ClientHellos and HelloVerifyRequests carry for old peers. */
    static final int DTLS_1_0 = 0xFEFF;

    /** Bytes of plaintext in one record, at most (RFC 5246 section 6.2.1). */
    static final int PLAINTEXT_MAX = 1 << 14;

    private DtlsRecord() {}

    /** Whether a whole record of a version that exists begins here. */
    static boolean isWhole(ByteBuf datagram, int at) {
        int available = datagram.writerIndex() - at;
        return available >= HEADER_BYTES
                && isVersion(datagram.getUnsignedShort(at + 1))
                && available >= HEADER_BYTES + length(datagram, at);
    }

    private static boolean isVersion(int version) {
        return version == DTLS_1_2 || version == DTLS_1_0;
    }

    static int type(ByteBuf datagram, int at) {
        return datagram.getUnsignedByte(at);
    }

    static int version(ByteBuf datagram, int at) {
        return datagram.getUnsignedShort(at + 1);
    }

    static int epoch(ByteBuf datagram, int at) {
        return datagram.getUnsignedShort(at + 3);
    }

    /** The 48-bit sequence number, without the epoch. */
    static long sequence(ByteBuf datagram, int at) {
        return (long) datagram.getUnsignedShort(at + 5) << 32 | datagram.getUnsignedInt(at + 7);
    }

    /** Bytes after the header. */
    static int length(ByteBuf datagram, int at) {
        return datagram.getUnsignedShort(at + 11);
    }
}
