package dev.parley.turn.dtls;

import io.netty.buffer.ByteBuf;

/**
 * Lets through to the handshake only records that a sound client sends, so that what the library behind it would keep
 * or compute is bounded: it takes the declared length of a message for granted. One per handshake.
 */
final class FragmentGate {
    /** Bytes of a message, as its fragments declare it. */
    static final int MESSAGE_BYTES_MAX = 16 << 10;

    /** Bytes of a ClientKeyExchange; the longest that is agreed to has a point of 97. */
    static final int KEY_EXCHANGE_BYTES_MAX = 1 << 10;

    /** Fragments of all messages; a patient client needs about ten with all its retransmissions. */
    static final int FRAGMENTS_MAX = 128;

    /** Records of all kinds. */
    static final int RECORDS_MAX = 128;

    /** ClientHello, its repetition with the cookie, ClientKeyExchange; what follows is encrypted. */
    static final int MESSAGE_SEQUENCE_MAX = 2;

    /** Bytes of an encrypted Finished: header, twelve bytes, tag, and with AES an explicit nonce. */
    private static final int FINISHED_BYTES = HandshakeMessage.HEADER_BYTES + 12 + RecordProtection.TAG_BYTES;

    private int fragments;
    private int records;

    /** Whether the record, which is whole, may pass. */
    boolean admits(ByteBuf datagram, int at) {
        int type = DtlsRecord.type(datagram, at);
        int length = DtlsRecord.length(datagram, at);
        boolean admitted = DtlsRecord.epoch(datagram, at) == 0
                ? type == DtlsRecord.HANDSHAKE
                        ? areSound(datagram, at + DtlsRecord.HEADER_BYTES, length)
                        : type == DtlsRecord.CHANGE_CIPHER_SPEC && length == 1
                : isFinished(type, DtlsRecord.epoch(datagram, at), length);
        return admitted && ++records <= RECORDS_MAX;
    }

    /** By its length: nothing else that is encrypted belongs to a handshake. */
    static boolean isFinished(int type, int epoch, int length) {
        return type == DtlsRecord.HANDSHAKE
                && epoch == 1
                && (length == FINISHED_BYTES || length == FINISHED_BYTES + RecordProtection.EXPLICIT_NONCE_BYTES);
    }

    private boolean areSound(ByteBuf datagram, int from, int bytes) {
        int at = from;
        int end = from + bytes;
        while (at < end) {
            if (end - at < HandshakeMessage.HEADER_BYTES || ++fragments > FRAGMENTS_MAX) {
                return false;
            }
            int fragmentLength = HandshakeMessage.fragmentLength(datagram, at);
            if (fragmentLength > end - at - HandshakeMessage.HEADER_BYTES || !isSound(datagram, at, fragmentLength)) {
                return false;
            }
            at += HandshakeMessage.HEADER_BYTES + fragmentLength;
        }
        return bytes > 0;
    }

    private static boolean isSound(ByteBuf datagram, int at, int fragmentLength) {
        int length = HandshakeMessage.length(datagram, at);
        // No message of a client without a certificate is empty, so neither is any fragment.
        return fragmentLength > 0
                && length <= lengthMax(HandshakeMessage.type(datagram, at))
                && HandshakeMessage.sequence(datagram, at) <= MESSAGE_SEQUENCE_MAX
                && HandshakeMessage.fragmentOffset(datagram, at) + fragmentLength <= length;
    }

    private static int lengthMax(int type) {
        return switch (type) {
            case HandshakeMessage.CLIENT_HELLO -> MESSAGE_BYTES_MAX;
            case HandshakeMessage.CLIENT_KEY_EXCHANGE -> KEY_EXCHANGE_BYTES_MAX;
            default -> 0; // Parley asks for no certificate, so nothing else comes in clear.
        };
    }
}
