package dev.parley.turn.dtls;

import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * A ClientHello that came whole in the first record of a datagram (RFC 6347 section 4.2.1); nothing else begins a
 * handshake here. A fragment of one would have to be kept before its sender is known, so it is not taken.
 *
 * <pre>
 * | version 2 | random 32 | session id 1+n | cookie 1+n | cipher suites 2+n | compressions 1+n | extensions ...
 * </pre>
 *
 * <p>The bytes stay in the datagram, which is lent for the call.
 */
final class ClientHello {
    private static final int RANDOM_BYTES = 32;
    private static final int MESSAGE_SEQUENCE_MAX = 1;

    private final ByteBuf datagram;
    private final int recordAt;
    private final int bodyAt;
    private final int cookieAt;
    private final int cookieBytes;
    private final int suitesAt;
    private final int extensionsAt;

    private ClientHello(ByteBuf datagram, int recordAt, int cookieAt, int cookieBytes, int suitesAt, int extensionsAt) {
        this.datagram = datagram;
        this.recordAt = recordAt;
        this.bodyAt = recordAt + DtlsRecord.HEADER_BYTES + HandshakeMessage.HEADER_BYTES;
        this.cookieAt = cookieAt;
        this.cookieBytes = cookieBytes;
        this.suitesAt = suitesAt;
        this.extensionsAt = extensionsAt;
    }

    /** The ClientHello at the start of the datagram, or null if there is none that is whole and sound. */
    static @Nullable ClientHello find(ByteBuf datagram) {
        int at = datagram.readerIndex();
        if (!isUnfragmented(datagram, at)) {
            return null;
        }
        int end = at + DtlsRecord.HEADER_BYTES + DtlsRecord.length(datagram, at);
        int sessionIdAt = at + DtlsRecord.HEADER_BYTES + HandshakeMessage.HEADER_BYTES + Short.BYTES + RANDOM_BYTES;
        int cookieAt = afterVector(datagram, sessionIdAt, 1, end);
        int suitesAt = afterVector(datagram, cookieAt, 1, end);
        int compressionsAt = afterVector(datagram, suitesAt, 2, end);
        int extensionsAt = afterVector(datagram, compressionsAt, 1, end);
        if (extensionsAt < 0) {
            return null;
        }
        return new ClientHello(datagram, at, cookieAt + 1, suitesAt - cookieAt - 1, suitesAt, extensionsAt);
    }

    private static boolean isUnfragmented(ByteBuf datagram, int at) {
        if (!DtlsRecord.isWhole(datagram, at)
                || DtlsRecord.type(datagram, at) != DtlsRecord.HANDSHAKE
                || DtlsRecord.epoch(datagram, at) != 0) {
            return false;
        }
        int bytes = DtlsRecord.length(datagram, at);
        int messageAt = at + DtlsRecord.HEADER_BYTES;
        int bodyBytes = bytes - HandshakeMessage.HEADER_BYTES;
        return bodyBytes >= 0
                && bytes <= DtlsRecord.PLAINTEXT_MAX
                && HandshakeMessage.type(datagram, messageAt) == HandshakeMessage.CLIENT_HELLO
                && HandshakeMessage.sequence(datagram, messageAt) <= MESSAGE_SEQUENCE_MAX
                && HandshakeMessage.length(datagram, messageAt) == bodyBytes
                && HandshakeMessage.fragmentOffset(datagram, messageAt) == 0
                && HandshakeMessage.fragmentLength(datagram, messageAt) == bodyBytes;
    }

    /** The index behind a vector with a length of so many bytes, or -1 if it does not end before the message does. */
    private static int afterVector(ByteBuf datagram, int at, int lengthBytes, int end) {
        if (at < 0 || at + lengthBytes > end) {
            return -1;
        }
        int length = lengthBytes == 1 ? datagram.getUnsignedByte(at) : datagram.getUnsignedShort(at);
        int after = at + lengthBytes + length;
        return after <= end ? after : -1;
    }

    /** Its sequence number, which the answer repeats. */
    long recordSequence() {
        return DtlsRecord.sequence(datagram, recordAt);
    }

    boolean hasCookie() {
        return cookieBytes > 0;
    }

    /** In constant time. */
    boolean hasCookie(byte[] expected) {
        return MessageDigest.isEqual(cookie(), expected);
    }

    byte[] cookie() {
        return bytes(cookieAt, cookieBytes);
    }

    /** The client's random, which tells one attempt of a client from the next. */
    byte[] random() {
        return bytes(bodyAt + Short.BYTES, RANDOM_BYTES);
    }

    /** What a client must repeat with the cookie: version, random, session id, cipher suites, compression methods. */
    void feed(Mac mac) {
        mac.update(bytes(bodyAt, cookieAt - 1 - bodyAt));
        mac.update(bytes(suitesAt, extensionsAt - suitesAt));
    }

    /** A copy of the record, without what else the datagram may hold. */
    byte[] record() {
        return bytes(recordAt, DtlsRecord.HEADER_BYTES + DtlsRecord.length(datagram, recordAt));
    }

    private byte[] bytes(int from, int length) {
        byte[] copy = new byte[length];
        datagram.getBytes(from, copy);
        return copy;
    }

    boolean hasRandom(byte[] other) {
        return Arrays.equals(random(), other);
    }
}
