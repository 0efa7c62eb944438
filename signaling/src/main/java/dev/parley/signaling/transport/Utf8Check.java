package dev.parley.signaling.transport;

import io.netty.buffer.ByteBuf;

/**
 * Whether bytes that come in pieces are UTF-8 (RFC 3629), known at the first byte that is not. One for each
 * connection; event loop only.
 *
 * <p>Messages are nearly all ASCII, which is passed over eight bytes at a time: looking at each byte was two fifths of
 * what a message cost.
 */
final class Utf8Check {
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;
    private static final int CONTINUATION_MIN = 0x80;
    private static final int CONTINUATION_MAX = 0xBF;

    /** Continuation bytes that have to follow. */
    private int missing;

    /** What the next of them has to be within: the first one decides about overlong forms, surrogates and the end. */
    private int min = CONTINUATION_MIN;

    private int max = CONTINUATION_MAX;

    /** Looks at the next piece, which stays as it is; false as soon as it cannot be UTF-8 any more. */
    boolean accepts(ByteBuf piece) {
        int end = piece.writerIndex();
        for (int i = piece.readerIndex(); i < end; ) {
            if (missing == 0 && i + Long.BYTES <= end && (piece.getLong(i) & NOT_ASCII) == 0) {
                i += Long.BYTES;
            } else if (accepts(piece.getUnsignedByte(i))) {
                i++;
            } else {
                return false;
            }
        }
        return true;
    }

    /** Whether what came ends with a whole character; the next piece begins anew. */
    boolean isWhole() {
        boolean whole = missing == 0;
        missing = 0;
        return whole;
    }

    private boolean accepts(int octet) {
        if (missing == 0) {
            return octet < 0x80 || begins(octet);
        }
        if (octet < min || octet > max) {
            return false;
        }
        missing--;
        min = CONTINUATION_MIN;
        max = CONTINUATION_MAX;
        return true;
    }

    /** The first bytes of RFC 3629 section 4. */
    private boolean begins(int octet) {
        if (octet < 0xC2 || octet > 0xF4) {
            return false;
        }
        missing = octet < 0xE0 ? 1 : octet < 0xF0 ? 2 : 3;
        min = octet == 0xE0 ? 0xA0 : octet == 0xF0 ? 0x90 : CONTINUATION_MIN;
        max = octet == 0xED ? 0x9F : octet == 0xF4 ? 0x8F : CONTINUATION_MAX;
        return true;
    }
}
