package dev.parley.ice.stun;

import io.netty.buffer.ByteBuf;
import java.util.zip.CRC32;

/** The checksum of FINGERPRINT (RFC 8489 section 14.7); it tells protocols apart and secures nothing. */
public final class Fingerprint {
    private static final int XOR = 0x5354554E;

    private Fingerprint() {}

    /**
     * The value of the attribute.
     *
     * @param start index of the message's header, whose length field already counts FINGERPRINT
     * @param length bytes before the FINGERPRINT attribute
     */
    public static int of(ByteBuf message, int start, int length) {
        CRC32 crc = new CRC32();
        if (message.hasArray()) {
            crc.update(message.array(), message.arrayOffset() + start, length);
        } else {
            crc.update(message.nioBuffer(start, length));
        }
        return (int) crc.getValue() ^ XOR;
    }
}
