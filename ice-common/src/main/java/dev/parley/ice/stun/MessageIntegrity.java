package dev.parley.ice.stun;

import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.stun.attribute.AttributeCodec;
import dev.parley.ice.stun.attribute.MessageIntegritySha256Attribute;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Computes and checks the HMACs of MESSAGE-INTEGRITY and MESSAGE-INTEGRITY-SHA256 (RFC 8489 sections 14.5 and 14.6).
 *
 * <p>The HMAC covers the message up to the attribute, with the header's length as if the attribute were the last one.
 * Any thread may call.
 */
public final class MessageIntegrity {

    private MessageIntegrity() {}

    /**
     * Whether the strongest integrity attribute present was made with this key; constant time. A weaker one beside it
     * does not count, and a shortened SHA-256 is refused, because TURN does not allow it.
     *
     * @param message borrowed, as it was decoded; indices stay as they are
     */
    public static boolean verify(ByteBuf message, SignedLengths signed, LongTermKey key) {
        return verify(message, signed, key, MessageIntegritySha256Attribute.LENGTH);
    }

    /**
     * As {@link #verify(ByteBuf, SignedLengths, LongTermKey)}, for uses of STUN that allow a shortened SHA-256.
     *
     * @param leastSha256Bytes the shortest HMAC-SHA256 that is accepted, 16 to 32
     */
    public static boolean verify(ByteBuf message, SignedLengths signed, LongTermKey key, int leastSha256Bytes) {
        if (signed.hasSha256()) {
            return matches(IntegrityAlgorithm.SHA256, message, signed.sha256Offset(), key, leastSha256Bytes);
        }
        IntegrityAlgorithm sha1 = IntegrityAlgorithm.SHA1;
        return signed.hasSha1() && matches(sha1, message, signed.sha1Offset(), key, sha1.macBytes());
    }

    private static boolean matches(
            IntegrityAlgorithm algorithm, ByteBuf message, int offset, LongTermKey key, int leastBytes) {
        int attribute = message.readerIndex() + offset;
        int length = message.getUnsignedShort(attribute + 2);
        if (length < leastBytes || length > algorithm.macBytes()) {
            return false;
        }
        byte[] actual = new byte[length];
        message.getBytes(attribute + AttributeCodec.HEADER_BYTES, actual);
        byte[] expected = hmac(algorithm, message, message.readerIndex(), offset, length, key);
        return MessageDigest.isEqual(actual, expected.length == length ? expected : Arrays.copyOf(expected, length));
    }

    /**
     * The whole HMAC of a message.
     *
     * @param start index of the message's header
     * @param signedBytes how many bytes precede the integrity attribute
     * @param attributeBytes length of the attribute's value, which the header's length must count
     */
    static byte[] hmac(
            IntegrityAlgorithm algorithm,
            ByteBuf message,
            int start,
            int signedBytes,
            int attributeBytes,
            LongTermKey key) {
        int bodyLength = signedBytes - StunHeader.LENGTH + AttributeCodec.HEADER_BYTES + attributeBytes;
        ByteBuffer firstWord = ByteBuffer.allocate(Integer.BYTES)
                .putShort(message.getShort(start))
                .putShort((short) bodyLength)
                .flip();
        try {
            Mac mac = Mac.getInstance(algorithm.macName());
            mac.init(new SecretKeySpec(key.bytes(), algorithm.macName()));
            mac.update(firstWord);
            mac.update(message.nioBuffer(start + Integer.BYTES, signedBytes - Integer.BYTES));
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + algorithm.macName(), impossible);
        }
    }
}
