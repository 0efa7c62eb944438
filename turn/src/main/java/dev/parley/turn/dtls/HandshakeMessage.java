package dev.parley.turn.dtls;

import io.netty.buffer.ByteBuf;

/**
 * Where things stand in a fragment of a handshake message (RFC 6347 section 4.2.2).
 *
 * <pre>
 *  0      1        4             6                 9                 12
 * | type | length | message_seq | fragment_offset | fragment_length | fragment ...
 * </pre>
 */
final class HandshakeMessage {
    static final int HEADER_BYTES = 12;

    static final int CLIENT_HELLO = 1;
    static final int HELLO_VERIFY_REQUEST = 3;
    static final int CLIENT_KEY_EXCHANGE = 16;

    private HandshakeMessage() {}

    static int type(ByteBuf buffer, int at) {
        return buffer.getUnsignedByte(at);
    }

    /** Bytes of the whole message. */
    static int length(ByteBuf buffer, int at) {
        return buffer.getUnsignedMedium(at + 1);
    }

    static int sequence(ByteBuf buffer, int at) {
        return buffer.getUnsignedShort(at + 4);
    }

    static int fragmentOffset(ByteBuf buffer, int at) {
        return buffer.getUnsignedMedium(at + 6);
    }

    static int fragmentLength(ByteBuf buffer, int at) {
        return buffer.getUnsignedMedium(at + 9);
    }
}
