package dev.parley.ice.stun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.stun.DecodeResult.Decoded;
import dev.parley.ice.stun.DecodeResult.Malformed;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.FingerprintAttribute;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.MessageIntegrityAttribute;
import dev.parley.ice.stun.attribute.MessageIntegritySha256Attribute;
import dev.parley.ice.stun.attribute.Username;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIntegrityTest {
    private static final LongTermKey KEY = LongTermKey.ofPassword("ann", "example.org", "secret");
    private static final LongTermKey OTHER_KEY = LongTermKey.ofPassword("bob", "example.org", "secret");
    private static final StunMessage REQUEST =
            StunMessage.request(StunMethod.REFRESH, Samples.ID, new Username("ann"), new Lifetime(600));

    @ParameterizedTest
    @EnumSource
    void signatureIsBoundToEveryByteBeforeIt(IntegrityAlgorithm algorithm) {
        ByteBuf bytes = signed(algorithm);
        Decoded decoded = decoded(bytes);
        assertThat(MessageIntegrity.verify(bytes, decoded.signed(), KEY)).isTrue();
        assertThat(MessageIntegrity.verify(bytes, decoded.signed(), OTHER_KEY)).isFalse();
        for (int i = 0; i < bytes.writerIndex(); i++) {
            if (i == 2 || i == 3 || isAttributeHeader(i, bytes, algorithm)) {
                continue; // the length and the attribute's own header are not signed as they are
            }
            bytes.setByte(i, bytes.getByte(i) ^ 0x01);
            assertThat(MessageIntegrity.verify(bytes, decoded.signed(), KEY))
                    .as("byte %d", i)
                    .isFalse();
            bytes.setByte(i, bytes.getByte(i) ^ 0x01);
        }
    }

    private static boolean isAttributeHeader(int index, ByteBuf bytes, IntegrityAlgorithm algorithm) {
        int header = bytes.writerIndex() - algorithm.macBytes() - 4;
        return index >= header && index < header + 4;
    }

    @ParameterizedTest
    @EnumSource
    void fingerprintMayFollowTheSignature(IntegrityAlgorithm algorithm) {
        ByteBuf bytes = signed(algorithm);
        StunEncoder.appendFingerprint(bytes, 0);
        Decoded decoded = decoded(bytes);
        assertThat(decoded.message().attributes().getLast()).isInstanceOf(FingerprintAttribute.class);
        assertThat(MessageIntegrity.verify(bytes, decoded.signed(), KEY)).isTrue();
    }

    @Test
    void fingerprintIsBoundToEveryBit() {
        ByteBuf bytes = Samples.encode(REQUEST);
        StunEncoder.appendFingerprint(bytes, 0);
        assertThat(StunDecoder.decode(bytes)).isInstanceOf(Decoded.class);
        for (int i = 20 + 4; i < 20 + 4 + 3; i++) {
            bytes.setByte(i, bytes.getByte(i) ^ 0x01);
            assertThat(StunDecoder.decode(bytes)).isEqualTo(new Malformed(MalformedReason.FINGERPRINT_WRONG, null));
            bytes.setByte(i, bytes.getByte(i) ^ 0x01);
        }
    }

    @Test
    void messagesInTheMiddleOfABufferAreSignedAndVerified() {
        for (ByteBuf buffer : new ByteBuf[] {Unpooled.buffer(), Unpooled.directBuffer()}) {
            buffer.writeZero(11).readerIndex(11);
            StunEncoder.encodeSigned(REQUEST, KEY, IntegrityAlgorithm.SHA1, buffer);
            StunEncoder.appendFingerprint(buffer, 11);
            assertThat(MessageIntegrity.verify(buffer, decoded(buffer).signed(), KEY))
                    .isTrue();
            buffer.release();
        }
    }

    @Test
    void whatFollowsTheSignatureChangesNothing() {
        for (IntegrityAlgorithm algorithm : IntegrityAlgorithm.values()) {
            ByteBuf plain = signed(algorithm);
            ByteBuf extended = signed(algorithm);
            extended.writeBytes(Vectors.bytes("000d0004 00000000")); // LIFETIME 0
            extended.writeBytes(Vectors.bytes("00120008 0001ffffffffffff")); // XOR-PEER-ADDRESS
            extended.writeBytes(Vectors.bytes("000d0001 00000000")); // LIFETIME of an impossible length
            extended.writeBytes(Vectors.bytes("7ffe0000")); // unknown, required
            extended.writeBytes(Vectors.bytes("00080014" + "00".repeat(20)));
            extended.setShort(2, extended.writerIndex() - StunHeader.LENGTH);
            assertThat(decoded(extended)).isEqualTo(decoded(plain));
            StunEncoder.appendFingerprint(extended, 0);
            Decoded decoded = decoded(extended);
            assertThat(decoded.unknownRequired()).isEmpty();
            assertThat(MessageIntegrity.verify(extended, decoded.signed(), KEY)).isTrue();
        }
    }

    @Test
    void sha256MayFollowSha1AndThenItAloneDecides() {
        ByteBuf both = signed(IntegrityAlgorithm.SHA1);
        StunEncoder.appendIntegrity(both, 0, KEY, IntegrityAlgorithm.SHA256);
        Decoded decoded = decoded(both);
        assertThat(decoded.unknownRequired()).isEmpty();
        assertThat(decoded.message().attributes().stream().map(Attribute::type))
                .endsWith(MessageIntegrityAttribute.TYPE, MessageIntegritySha256Attribute.TYPE);
        assertThat(MessageIntegrity.verify(both, decoded.signed(), KEY)).isTrue();

        ByteBuf forged = signed(IntegrityAlgorithm.SHA1);
        StunEncoder.appendIntegrity(forged, 0, OTHER_KEY, IntegrityAlgorithm.SHA256);
        assertThat(MessageIntegrity.verify(forged, decoded(forged).signed(), KEY))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 20, 24, 28, 32})
    void shortenedSha256CountsOnlyWhereItIsAllowed(int length) {
        ByteBuf bytes = shortenedSha256(length);
        SignedLengths signed = decoded(bytes).signed();
        assertThat(MessageIntegrity.verify(bytes, signed, KEY)).isEqualTo(length == 32);
        assertThat(MessageIntegrity.verify(bytes, signed, KEY, length)).isTrue();
        assertThat(MessageIntegrity.verify(bytes, signed, KEY, length + 4)).isFalse();
        assertThat(MessageIntegrity.verify(bytes, signed, OTHER_KEY, 16)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 12, 15, 17, 31, 33, 36})
    void otherLengthsOfSha256AreMalformed(int length) {
        String body = String.format("001c%04x", length) + "00".repeat(length + (-length & 3));
        assertThat(StunDecoder.decode(Samples.rawRequest(body)))
                .isEqualTo(new Malformed(MalformedReason.ATTRIBUTE_VALUE, Samples.request()));
    }

    @Test
    void unsignedMessageIsNeverVerified() {
        ByteBuf bytes = Samples.encode(REQUEST);
        assertThat(decoded(bytes).signed()).isEqualTo(SignedLengths.UNSIGNED);
        assertThat(MessageIntegrity.verify(bytes, SignedLengths.UNSIGNED, KEY)).isFalse();
    }

    @Test
    void proofsOfADecodedMessageAreNotEncodedAgain() {
        ByteBuf bytes = signed(IntegrityAlgorithm.SHA1);
        StunEncoder.appendIntegrity(bytes, 0, KEY, IntegrityAlgorithm.SHA256);
        StunEncoder.appendFingerprint(bytes, 0);
        assertThat(Samples.encode(decoded(bytes).message())).isEqualTo(Samples.encode(REQUEST));
    }

    private static ByteBuf signed(IntegrityAlgorithm algorithm) {
        ByteBuf bytes = Unpooled.buffer();
        StunEncoder.encodeSigned(REQUEST, KEY, algorithm, bytes);
        return bytes;
    }

    /** The HMAC covers the length the message has with the shortened attribute. */
    private static ByteBuf shortenedSha256(int length) {
        ByteBuf bytes = Samples.encode(REQUEST);
        byte[] hmac = MessageIntegrity.hmac(IntegrityAlgorithm.SHA256, bytes, 0, bytes.writerIndex(), length, KEY);
        bytes.writeShort(MessageIntegritySha256Attribute.TYPE)
                .writeShort(length)
                .writeBytes(hmac, 0, length);
        return bytes.setShort(2, bytes.writerIndex() - StunHeader.LENGTH);
    }

    private static Decoded decoded(ByteBuf bytes) {
        return (Decoded) StunDecoder.decode(bytes);
    }
}
