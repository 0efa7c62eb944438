package dev.parley.ice.stun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.stun.DecodeResult.Decoded;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.AttributeCodec;
import dev.parley.ice.stun.attribute.Bytes;
import dev.parley.ice.stun.attribute.Data;
import dev.parley.ice.stun.attribute.FingerprintAttribute;
import dev.parley.ice.stun.attribute.MessageIntegrityAttribute;
import dev.parley.ice.stun.attribute.MessageIntegritySha256Attribute;
import dev.parley.ice.stun.attribute.UnknownAttribute;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeRoundTripTest {
    static final List<Attribute> SAMPLES = Samples.ATTRIBUTES;

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void everyAttributeSurvivesARoundTrip(Attribute attribute) {
        ByteBuf bytes = Samples.encode(Samples.request(attribute));
        assertThat(StunDecoder.decode(bytes))
                .isInstanceOfSatisfying(
                        Decoded.class, decoded -> assertThat(decoded.message()).isEqualTo(Samples.request(attribute)));
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void paddingIsZeroEvenInABufferFullOfOldBytes(Attribute attribute) {
        ByteBuf dirty = Unpooled.buffer(4096);
        Arrays.fill(dirty.array(), (byte) 0xAA);
        dirty.writerIndex(7).readerIndex(7);
        StunEncoder.encode(Samples.request(attribute), dirty);
        int length = dirty.getUnsignedShort(7 + StunHeader.LENGTH + 2);
        int valueEnd = 7 + StunHeader.LENGTH + AttributeCodec.HEADER_BYTES + length;
        assertThat(dirty.writerIndex()).isEqualTo(valueEnd + AttributeCodec.paddingBytes(length));
        for (int i = valueEnd; i < dirty.writerIndex(); i++) {
            assertThat(dirty.getByte(i)).as("padding byte %d", i - valueEnd).isZero();
        }
        assertThat(dirty).isEqualTo(Samples.encode(Samples.request(attribute)));
    }

    @Test
    void allSamplesTogetherSurviveARoundTrip() {
        StunMessage message = Samples.request(SAMPLES.toArray(new Attribute[0]));
        assertThat(StunDecoder.decode(Samples.encode(message)))
                .isEqualTo(new Decoded(message, List.of(), SignedLengths.UNSIGNED));
    }

    @Test
    void everyAttributeHasASampleOrIsComputedByTheEncoder() {
        Set<Class<?>> covered = new HashSet<>(List.of(
                Data.class,
                MessageIntegrityAttribute.class,
                MessageIntegritySha256Attribute.class,
                FingerprintAttribute.class));
        SAMPLES.forEach(sample -> covered.add(sample.getClass()));
        assertThat(covered).containsExactlyInAnyOrder(Attribute.class.getPermittedSubclasses());
    }

    @Test
    void typesAreTheRegisteredOnes() throws ReflectiveOperationException {
        TreeMap<Integer, String> names = new TreeMap<>();
        for (Class<?> type : Attribute.class.getPermittedSubclasses()) {
            if (type != UnknownAttribute.class) {
                names.put(type.getField("TYPE").getInt(null), type.getSimpleName());
            }
        }
        StringBuilder text = new StringBuilder();
        names.forEach((type, name) -> text.append(String.format("%04X %s%n", type, name)));
        assertThat(text.toString()).isEqualToNormalizingNewlines("""
                0001 MappedAddress
                0003 ChangeRequest
                0006 Username
                0008 MessageIntegrityAttribute
                0009 ErrorCode
                000A UnknownAttributes
                000C ChannelNumber
                000D Lifetime
                0012 XorPeerAddress
                0013 Data
                0014 Realm
                0015 Nonce
                0016 XorRelayedAddress
                0017 RequestedAddressFamily
                0018 EvenPort
                0019 RequestedTransport
                001A DontFragment
                001B AccessToken
                001C MessageIntegritySha256Attribute
                001D PasswordAlgorithm
                001E Userhash
                0020 XorMappedAddress
                0022 ReservationToken
                0024 Priority
                0025 UseCandidate
                0026 Padding
                0027 ResponsePort
                002A ConnectionId
                8000 AdditionalAddressFamily
                8001 AddressErrorCode
                8002 PasswordAlgorithms
                8003 AlternateDomain
                8004 Icmp
                8022 Software
                8023 AlternateServer
                8027 CacheTimeout
                8028 FingerprintAttribute
                8029 IceControlled
                802A IceControlling
                802B ResponseOrigin
                802C OtherAddress
                802E ThirdPartyAuthorization
                8030 MobilityTicket
                """);
        for (int type = 0; type <= 0xFFFF; type++) {
            assertThat(AttributeCodec.isKnown(type)).as("type %04X", type).isEqualTo(names.containsKey(type));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32, 33})
    void opaqueBytesPrintAtMostThirtyTwo(int length) {
        assertThat(Bytes.of(new byte[length]).toString())
                .isEqualTo("00".repeat(Math.min(length, 32)) + (length > 32 ? "... (33 bytes)" : ""));
    }
}
