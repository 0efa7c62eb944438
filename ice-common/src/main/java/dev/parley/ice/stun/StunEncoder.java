package dev.parley.ice.stun;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.AttributeCodec;
import dev.parley.ice.stun.attribute.Data;
import dev.parley.ice.stun.attribute.FingerprintAttribute;
import dev.parley.ice.stun.attribute.MessageIntegrityAttribute;
import dev.parley.ice.stun.attribute.MessageIntegritySha256Attribute;
import dev.parley.ice.stun.attribute.XorPeerAddress;
import io.netty.buffer.ByteBuf;

/**
 * Appends messages to the caller's buffer. All padding is zero, so nothing of an earlier packet leaks.
 *
 * <p>Integrity attributes and FINGERPRINT of a message are not written as they are, since they belong to the bytes they
 * came with: they are computed here, on demand.
 */
public final class StunEncoder {
    private static final int MOST_BODY_BYTES = 0xFFFC;

    private StunEncoder() {}

    /** Appends an unsigned message. */
    public static void encode(StunMessage message, ByteBuf target) {
        int start = target.writerIndex();
        StunHeader.write(target, message.messageClass(), message.method(), message.transactionId(), 0);
        for (Attribute attribute : message.attributes()) {
            if (!isComputed(attribute)) {
                AttributeCodec.write(attribute, target, start);
            }
        }
        fixLength(target, start);
    }

    /** Appends a message with one integrity attribute at its end. */
    public static void encodeSigned(
            StunMessage message, LongTermKey key, IntegrityAlgorithm algorithm, ByteBuf target) {
        int start = target.writerIndex();
        encode(message, target);
        appendIntegrity(target, start, key, algorithm);
    }

    /**
     * Adds an integrity attribute to an encoded message.
     *
     * @param start index of the message's header in the target
     */
    public static void appendIntegrity(ByteBuf target, int start, LongTermKey key, IntegrityAlgorithm algorithm) {
        int signedBytes = target.writerIndex() - start;
        byte[] hmac = MessageIntegrity.hmac(algorithm, target, start, signedBytes, algorithm.macBytes(), key);
        target.writeShort(algorithm.attributeType()).writeShort(hmac.length).writeBytes(hmac);
        fixLength(target, start);
    }

    /**
     * Adds FINGERPRINT to an encoded message, signed or not; nothing may be added after it.
     *
     * @param start index of the message's header in the target
     */
    public static void appendFingerprint(ByteBuf target, int start) {
        int length = target.writerIndex() - start;
        target.writeShort(FingerprintAttribute.TYPE)
                .writeShort(FingerprintAttribute.LENGTH)
                .writeInt(0);
        fixLength(target, start);
        target.setInt(target.writerIndex() - FingerprintAttribute.LENGTH, Fingerprint.of(target, start, length));
    }

    /**
     * Appends a Data indication up to its payload. The caller sends the payload behind it, and
     * {@link AttributeCodec#paddingBytes} zero bytes.
     */
    public static void writeDataIndicationHeader(
            ByteBuf target, TransactionId transactionId, TransportAddress peer, int payloadBytes) {
        writeIndicationHeader(target, StunMethod.DATA, transactionId, peer, payloadBytes);
    }

    /** As {@link #writeDataIndicationHeader}, of a Send indication, for clients. */
    public static void writeSendIndicationHeader(
            ByteBuf target, TransactionId transactionId, TransportAddress peer, int payloadBytes) {
        writeIndicationHeader(target, StunMethod.SEND, transactionId, peer, payloadBytes);
    }

    private static void writeIndicationHeader(
            ByteBuf target, StunMethod method, TransactionId transactionId, TransportAddress peer, int payloadBytes) {
        int start = target.writerIndex();
        StunHeader.write(target, StunClass.INDICATION, method, transactionId, 0);
        AttributeCodec.write(new XorPeerAddress(peer), target, start);
        target.writeShort(Data.TYPE).writeShort(payloadBytes);
        int headBytes = target.writerIndex() - start - StunHeader.LENGTH;
        setLength(target, start, headBytes + payloadBytes + AttributeCodec.paddingBytes(payloadBytes));
    }

    private static boolean isComputed(Attribute attribute) {
        return attribute instanceof MessageIntegrityAttribute
                || attribute instanceof MessageIntegritySha256Attribute
                || attribute instanceof FingerprintAttribute;
    }

    private static void fixLength(ByteBuf target, int start) {
        setLength(target, start, target.writerIndex() - start - StunHeader.LENGTH);
    }

    private static void setLength(ByteBuf target, int start, int bodyBytes) {
        if (bodyBytes > MOST_BODY_BYTES) {
            throw new IllegalArgumentException("a message body of " + bodyBytes + " bytes is too long for its header");
        }
        target.setShort(start + StunHeader.LENGTH_FIELD, bodyBytes);
    }
}
