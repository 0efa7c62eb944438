package dev.parley.ice.stun;

import dev.parley.ice.stun.DecodeResult.Decoded;
import dev.parley.ice.stun.DecodeResult.Malformed;
import dev.parley.ice.stun.DecodeResult.NotStun;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.AttributeCodec;
import dev.parley.ice.stun.attribute.FingerprintAttribute;
import dev.parley.ice.stun.attribute.MessageIntegrityAttribute;
import dev.parley.ice.stun.attribute.MessageIntegritySha256Attribute;
import dev.parley.ice.stun.attribute.UnknownAttributes;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns one datagram, or one frame of a stream, into a {@link DecodeResult}.
 *
 * <p>Any bytes end in a result, never in an exception. It stands on the relay's path for Send indications: payloads are
 * not copied, and besides the message itself only its list is allocated.
 */
public final class StunDecoder {
    /** How many attributes a message may carry; a CreatePermission of an Ethernet frame's size stays below. */
    public static final int MOST_ATTRIBUTES = 128;

    private static final NotStun NOT_STUN = new NotStun();
    private static final int USUAL_ATTRIBUTES = 8;

    private final ByteBuf message;
    private final int start;
    private final int end;

    private final List<Attribute> attributes = new ArrayList<>(USUAL_ATTRIBUTES);
    private List<Integer> unknownRequired = List.of();
    private int attributeCount;
    private int sha1Offset = -1;
    private int sha256Offset = -1;

    private StunDecoder(ByteBuf message) {
        this.message = message;
        this.start = message.readerIndex();
        this.end = message.writerIndex();
    }

    /**
     * Decodes everything between reader and writer index.
     *
     * @param borrowed exactly one message; its indices stay as they are, and a {@code Data} attribute of the result is
     *     a window into it
     */
    public static DecodeResult decode(ByteBuf borrowed) {
        if (!StunHeader.isStun(borrowed)) {
            return NOT_STUN;
        }
        int bodyLength = StunHeader.bodyLength(borrowed);
        if ((bodyLength & 3) != 0 || bodyLength != borrowed.readableBytes() - StunHeader.LENGTH) {
            return new Malformed(MalformedReason.LENGTH, null);
        }
        StunMethod method = StunHeader.findMethod(borrowed);
        if (method == null) {
            return new Malformed(MalformedReason.UNKNOWN_METHOD, null);
        }
        StunClass messageClass = StunHeader.messageClass(borrowed);
        if (!method.allows(messageClass)) {
            return new Malformed(MalformedReason.CLASS_NOT_ALLOWED, null);
        }
        return new StunDecoder(borrowed).decodeBody(messageClass, method);
    }

    private DecodeResult decodeBody(StunClass messageClass, StunMethod method) {
        TransactionId transactionId = StunHeader.transactionId(message);
        MalformedReason reason = readAttributes();
        if (reason != null) {
            return malformed(reason, messageClass, method, transactionId);
        }
        SignedLengths signed = sha1Offset < 0 && sha256Offset < 0
                ? SignedLengths.UNSIGNED
                : new SignedLengths(sha1Offset, sha256Offset);
        return new Decoded(new StunMessage(messageClass, method, transactionId, attributes), unknownRequired, signed);
    }

    private static Malformed malformed(
            MalformedReason reason, StunClass messageClass, StunMethod method, TransactionId transactionId) {
        boolean dropped = messageClass != StunClass.REQUEST
                || reason == MalformedReason.FINGERPRINT_NOT_LAST
                || reason == MalformedReason.FINGERPRINT_WRONG;
        return new Malformed(reason, dropped ? null : StunMessage.request(method, transactionId));
    }

    /** Walks all attributes, also those that are ignored: only so is FINGERPRINT found. Null if all is well. */
    private @Nullable MalformedReason readAttributes() {
        int position = start + StunHeader.LENGTH;
        while (position < end) { // the body is a multiple of 4, so a whole attribute header is left
            int type = message.getUnsignedShort(position);
            int length = message.getUnsignedShort(position + 2);
            int value = position + AttributeCodec.HEADER_BYTES;
            int next = value + length + AttributeCodec.paddingBytes(length);
            if (next > end) {
                return MalformedReason.TRUNCATED_ATTRIBUTE;
            }
            if (++attributeCount > MOST_ATTRIBUTES) {
                return MalformedReason.TOO_MANY_ATTRIBUTES;
            }
            MalformedReason reason = isIgnored(type) ? null : readAttribute(type, position, length, next);
            if (reason != null) {
                return reason;
            }
            position = next;
        }
        return null;
    }

    /** What is signed comes before the signature; what follows it may be anybody's (RFC 8489 sections 14.5, 14.6). */
    private boolean isIgnored(int type) {
        if (sha256Offset >= 0) {
            return type != FingerprintAttribute.TYPE;
        }
        return sha1Offset >= 0 && type != FingerprintAttribute.TYPE && type != MessageIntegritySha256Attribute.TYPE;
    }

    private @Nullable MalformedReason readAttribute(int type, int position, int length, int next) {
        if (type < AttributeCodec.OPTIONAL_RANGE && !AttributeCodec.isKnown(type)) {
            noteUnknown(type);
            return null;
        }
        Attribute attribute = AttributeCodec.read(type, message, position + AttributeCodec.HEADER_BYTES, length);
        if (attribute == null) {
            return MalformedReason.ATTRIBUTE_VALUE;
        }
        attributes.add(attribute);
        return switch (type) {
            case MessageIntegrityAttribute.TYPE -> {
                sha1Offset = position - start;
                yield null;
            }
            case MessageIntegritySha256Attribute.TYPE -> {
                sha256Offset = position - start;
                yield null;
            }
            case FingerprintAttribute.TYPE -> checkFingerprint((FingerprintAttribute) attribute, position, next);
            default -> null;
        };
    }

    private @Nullable MalformedReason checkFingerprint(FingerprintAttribute fingerprint, int position, int next) {
        if (next != end) {
            return MalformedReason.FINGERPRINT_NOT_LAST;
        }
        boolean right = fingerprint.value() == Fingerprint.of(message, start, position - start);
        return right ? null : MalformedReason.FINGERPRINT_WRONG;
    }

    private void noteUnknown(int type) {
        if (unknownRequired.isEmpty()) {
            unknownRequired = new ArrayList<>();
        }
        if (unknownRequired.size() < UnknownAttributes.MOST_TYPES && !unknownRequired.contains(type)) {
            unknownRequired.add(type);
        }
    }
}
