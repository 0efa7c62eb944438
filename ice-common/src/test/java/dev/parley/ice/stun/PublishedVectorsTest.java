package dev.parley.ice.stun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.stun.DecodeResult.Decoded;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.Bytes;
import dev.parley.ice.stun.attribute.FingerprintAttribute;
import dev.parley.ice.stun.attribute.IceControlled;
import dev.parley.ice.stun.attribute.MessageIntegrityAttribute;
import dev.parley.ice.stun.attribute.MessageIntegritySha256Attribute;
import dev.parley.ice.stun.attribute.Nonce;
import dev.parley.ice.stun.attribute.PasswordAlgorithm;
import dev.parley.ice.stun.attribute.Priority;
import dev.parley.ice.stun.attribute.Realm;
import dev.parley.ice.stun.attribute.Software;
import dev.parley.ice.stun.attribute.Userhash;
import dev.parley.ice.stun.attribute.Username;
import dev.parley.ice.stun.attribute.XorMappedAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PublishedVectorsTest {
    private static final TransactionId SHORT_TERM_ID = new TransactionId(0xb7e7a701, 0xbc34d686fa87dfaeL);
    private static final TransactionId LONG_TERM_ID = new TransactionId(0x78ad3433, 0xc6ad72c029da412eL);

    private static final StunMessage REQUEST = StunMessage.request(
            StunMethod.BINDING,
            SHORT_TERM_ID,
            new Software("STUN test client"),
            new Priority(0x6e0001ffL),
            new IceControlled(0x932ff9b151263b36L),
            new Username("evtj:h6vY"));
    private static final StunMessage IPV4_RESPONSE = StunMessage.success(
            REQUEST, new Software("test vector"), new XorMappedAddress(TransportAddress.parse("192.0.2.1:32853")));
    private static final StunMessage IPV6_RESPONSE = StunMessage.success(
            REQUEST,
            new Software("test vector"),
            new XorMappedAddress(TransportAddress.parse("[2001:db8:1234:5678:11:2233:4455:6677]:32853")));
    private static final StunMessage LONG_TERM_REQUEST = StunMessage.request(
            StunMethod.BINDING,
            LONG_TERM_ID,
            new Username(Vectors.KATAKANA),
            new Nonce("f//499k954d6OL34oL9FSTvy64sA"),
            new Realm(Vectors.REALM));
    private static final StunMessage SHA256_REQUEST = StunMessage.request(
            StunMethod.BINDING,
            LONG_TERM_ID,
            Userhash.of(Vectors.KATAKANA, Vectors.REALM),
            new Nonce("obMatJos2AAACf//499k954d6OL34oL9FSTvy64sA"),
            new Realm(Vectors.REALM),
            PasswordAlgorithm.sha256());

    @Test
    void sampleRequestOfRfc5769DecodesAndVerifies() {
        assertDecodes(
                Vectors.REQUEST,
                REQUEST,
                Vectors.SHORT_TERM,
                sha1("9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"),
                new FingerprintAttribute(0xe57a3bcf));
    }

    @Test
    void sampleIpv4ResponseOfRfc5769DecodesAndVerifies() {
        assertDecodes(
                Vectors.IPV4_RESPONSE,
                IPV4_RESPONSE,
                Vectors.SHORT_TERM,
                sha1("2b91f599fd9e90c38c7489f92af9ba53f06be7d7"),
                new FingerprintAttribute(0xc07d4c96));
    }

    @Test
    void sampleIpv6ResponseOfRfc5769DecodesAndVerifies() {
        assertDecodes(
                Vectors.IPV6_RESPONSE,
                IPV6_RESPONSE,
                Vectors.SHORT_TERM,
                sha1("a382954e4be67bf11784c97c8292c275bfe3ed41"),
                new FingerprintAttribute(0xc8fb0b4c));
    }

    @Test
    void longTermRequestOfRfc5769DecodesAndVerifies() {
        assertDecodes(
                Vectors.LONG_TERM_REQUEST,
                LONG_TERM_REQUEST,
                Vectors.LONG_TERM,
                sha1("f67024656dd64a3e02b8e0712e85c9a28ca89666"));
    }

    @Test
    void sha256RequestOfRfc8489DecodesAndVerifies() {
        assertDecodes(
                Vectors.SHA256_REQUEST,
                SHA256_REQUEST,
                Vectors.LONG_TERM_SHA256,
                new MessageIntegritySha256Attribute(
                        Bytes.of(Vectors.bytes("b5c7bf005b6c52a21c51c5e892f81924136296cb927c43149309278cc6518e65"))));
    }

    @Test
    void vectorsPaddedWithZerosAreEncodedByteForByte() {
        ByteBuf longTerm = Unpooled.buffer();
        StunEncoder.encodeSigned(LONG_TERM_REQUEST, Vectors.LONG_TERM, IntegrityAlgorithm.SHA1, longTerm);
        assertThat(longTerm).isEqualTo(Vectors.buffer(Vectors.LONG_TERM_REQUEST));

        ByteBuf sha256 = Unpooled.buffer();
        StunEncoder.encodeSigned(SHA256_REQUEST, Vectors.LONG_TERM_SHA256, IntegrityAlgorithm.SHA256, sha256);
        assertThat(sha256).isEqualTo(Vectors.buffer(Vectors.SHA256_REQUEST));
    }

    @Test
    void vectorsPaddedWithSpacesAreEncodedByteForByteButForThePadding() {
        assertEncodes(REQUEST, Vectors.REQUEST, 3);
        assertEncodes(IPV4_RESPONSE, Vectors.IPV4_RESPONSE, 1);
        assertEncodes(IPV6_RESPONSE, Vectors.IPV6_RESPONSE, 1);
    }

    private static Attribute sha1(String hmac) {
        return new MessageIntegrityAttribute(Bytes.of(HexFormat.of().parseHex(hmac)));
    }

    private static void assertDecodes(
            String vector, StunMessage expected, LongTermKey key, Attribute... expectedProof) {
        ByteBuf bytes = Vectors.buffer(vector);
        assertThat(StunDecoder.decode(bytes)).isInstanceOfSatisfying(Decoded.class, decoded -> {
            assertThat(decoded.message().messageClass()).isEqualTo(expected.messageClass());
            assertThat(decoded.message().method()).isEqualTo(expected.method());
            assertThat(decoded.message().transactionId()).isEqualTo(expected.transactionId());
            int own = expected.attributes().size();
            assertThat(decoded.message().attributes().subList(0, own)).isEqualTo(expected.attributes());
            assertThat(decoded.message().attributes()).endsWith(expectedProof).hasSize(own + expectedProof.length);
            assertThat(decoded.unknownRequired()).isEmpty();
            assertThat(MessageIntegrity.verify(bytes, decoded.signed(), key)).isTrue();
            LongTermKey wrong = LongTermKey.ofPassword("someone", Vectors.REALM, "else");
            assertThat(MessageIntegrity.verify(bytes, decoded.signed(), wrong)).isFalse();
        });
        assertThat(bytes.readerIndex()).isZero();
    }

    /**
     * We pad with zeros, the vector with spaces, and both proofs cover the padding. So the padding is replaced before
     * each proof is added, and then every byte must be right.
     */
    private static void assertEncodes(StunMessage message, String vector, int paddingBytes) {
        byte[] expected = Vectors.bytes(vector);
        ByteBuf encoded = Unpooled.buffer();
        StunEncoder.encode(message, encoded);
        int replaced = 0;
        for (int i = StunHeader.LENGTH; i < encoded.writerIndex(); i++) {
            if (encoded.getByte(i) != expected[i]) {
                assertThat(encoded.getByte(i)).isZero();
                assertThat(expected[i]).isEqualTo((byte) ' ');
                encoded.setByte(i, ' ');
                replaced++;
            }
        }
        assertThat(replaced).isEqualTo(paddingBytes);
        StunEncoder.appendIntegrity(encoded, 0, Vectors.SHORT_TERM, IntegrityAlgorithm.SHA1);
        StunEncoder.appendFingerprint(encoded, 0);
        assertThat(Vectors.hex(encoded)).isEqualTo(HexFormat.of().formatHex(expected));
    }
}
