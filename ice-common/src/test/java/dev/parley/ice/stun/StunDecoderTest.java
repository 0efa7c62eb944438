package dev.parley.ice.stun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.stun.DecodeResult.Decoded;
import dev.parley.ice.stun.DecodeResult.Malformed;
import dev.parley.ice.stun.DecodeResult.NotStun;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.Data;
import dev.parley.ice.stun.attribute.DontFragment;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.Software;
import dev.parley.ice.stun.attribute.Username;
import dev.parley.ice.stun.attribute.XorPeerAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StunDecoderTest {
    private static final StunMessage HEADER = Samples.request();

    @Test
    void lessThanAHeaderIsNotStun() {
        for (int length = 0; length < StunHeader.LENGTH; length++) {
            assertThat(StunDecoder.decode(Samples.rawRequest().writerIndex(length)))
                    .isEqualTo(new NotStun());
        }
    }

    @Test
    void withoutTheCookieOrWithAFirstBitSetItIsNotStun() {
        for (int bit = 0; bit < 32; bit++) {
            ByteBuf bytes = Samples.rawRequest();
            bytes.setInt(4, bytes.getInt(4) ^ (1 << bit));
            assertThat(StunDecoder.decode(bytes)).isEqualTo(new NotStun());
        }
        assertThat(StunDecoder.decode(Samples.rawRequest().setByte(0, 0x40))).isEqualTo(new NotStun());
        assertThat(StunDecoder.decode(Samples.rawRequest().setByte(0, 0x80))).isEqualTo(new NotStun());
    }

    @ParameterizedTest
    @ValueSource(ints = {0xFFFC, 0xFFFF, 1, 2, 3, 5, 7, 0, 4, 12})
    void lengthThatDoesNotFitTheDatagramIsMalformedAndDropped(int length) {
        ByteBuf bytes = Samples.rawRequest("000d000400000001").setShort(2, length); // the right length is 8
        assertThat(StunDecoder.decode(bytes)).isEqualTo(new Malformed(MalformedReason.LENGTH, null));
    }

    @Test
    void everyMessageTypeIsOneMethodAndClassOrNone() {
        int allowed = 0;
        for (int type = 0; type < 0x4000; type++) {
            switch (StunDecoder.decode(Samples.rawRequest().setShort(0, type))) {
                case Decoded decoded -> {
                    allowed++;
                    assertThat(Samples.encode(decoded.message()).getShort(0)).isEqualTo((short) type);
                }
                case Malformed malformed ->
                    assertThat(malformed.reason())
                            .isIn(MalformedReason.UNKNOWN_METHOD, MalformedReason.CLASS_NOT_ALLOWED);
                case NotStun notStun -> throw new AssertionError("type " + type + ": " + notStun);
            }
        }
        // Binding in 4 classes, 3 methods as indications, 6 with requests and both responses
        assertThat(allowed).isEqualTo(4 + 3 + 6 * 3);
    }

    @Test
    void messageTypesAreThoseOfTheRfcs() {
        assertThat(StunHeader.findMethod(Samples.rawRequest().setShort(0, 0x0003)))
                .isEqualTo(StunMethod.ALLOCATE);
        assertThat(type(StunClass.ERROR_RESPONSE, StunMethod.ALLOCATE)).isEqualTo(0x0113);
        assertThat(type(StunClass.SUCCESS_RESPONSE, StunMethod.CHANNEL_BIND)).isEqualTo(0x0109);
        assertThat(type(StunClass.INDICATION, StunMethod.SEND)).isEqualTo(0x0016);
        assertThat(type(StunClass.INDICATION, StunMethod.DATA)).isEqualTo(0x0017);
        assertThat(type(StunClass.INDICATION, StunMethod.CONNECTION_ATTEMPT)).isEqualTo(0x001C);
    }

    private static int type(StunClass messageClass, StunMethod method) {
        return Samples.raw(method, messageClass).getUnsignedShort(0);
    }

    @ParameterizedTest
    @CsvSource({
        "000d000400000001000d, LENGTH", // half an attribute header: the body is no multiple of 4
        "000d000500000001, TRUNCATED_ATTRIBUTE",
        "000dffff00000001, TRUNCATED_ATTRIBUTE",
        "000d0004, TRUNCATED_ATTRIBUTE",
        "000d000300000000, ATTRIBUTE_VALUE",
        "000d0000, ATTRIBUTE_VALUE",
        "00180000, ATTRIBUTE_VALUE",
        "0006000180000000, ATTRIBUTE_VALUE", // no UTF-8
        "0009000400000200, ATTRIBUTE_VALUE", // error class 2
        "0009000400000464, ATTRIBUTE_VALUE", // error number 100
        "000a000100000000, ATTRIBUTE_VALUE",
        "0008000400000000, ATTRIBUTE_VALUE",
        "001d000400020001, ATTRIBUTE_VALUE", // parameters past the end
        "8002000600020000 00020000, ATTRIBUTE_VALUE",
        "802800020000 0000, ATTRIBUTE_VALUE",
        "8028000400000000 000d000400000001, FINGERPRINT_NOT_LAST",
        "8028000400000000, FINGERPRINT_WRONG",
    })
    void brokenAttributesAreMalformed(String body, MalformedReason reason) {
        boolean dropped = reason == MalformedReason.LENGTH || reason.name().startsWith("FINGERPRINT");
        assertThat(StunDecoder.decode(Samples.rawRequest(body)))
                .isEqualTo(new Malformed(reason, dropped ? null : HEADER));
    }

    @Test
    void onlyRequestsAreAnsweredWhenMalformed() {
        ByteBuf indication = Samples.raw(StunMethod.SEND, StunClass.INDICATION, "000d0000");
        assertThat(StunDecoder.decode(indication)).isEqualTo(new Malformed(MalformedReason.ATTRIBUTE_VALUE, null));
        ByteBuf response = Samples.raw(StunMethod.REFRESH, StunClass.ERROR_RESPONSE, "000d0000");
        assertThat(StunDecoder.decode(response)).isEqualTo(new Malformed(MalformedReason.ATTRIBUTE_VALUE, null));
    }

    @Test
    void addressOfNoFamilyOrOfTheWrongLengthIsMalformed() {
        for (String type : List.of("0001", "0020", "0012", "0016", "8023", "802b", "802c")) {
            for (int family = 0; family <= 255; family++) {
                for (int length = 0; length <= 24; length++) {
                    String value = String.format("00%02x%s", family, "11".repeat(26));
                    int padded = length + (-length & 3);
                    ByteBuf bytes =
                            Samples.rawRequest(type, String.format("%04x", length), value.substring(0, padded * 2));
                    boolean valid = (family == 1 && length == 8) || (family == 2 && length == 20);
                    assertThat(StunDecoder.decode(bytes) instanceof Decoded)
                            .as("type %s family %d length %d", type, family, length)
                            .isEqualTo(valid);
                }
            }
        }
    }

    @Test
    void usernameAndRealmHaveAtMost763Bytes() {
        assertThat(StunDecoder.decode(text("0006", 763))).isInstanceOf(Decoded.class);
        assertThat(StunDecoder.decode(text("0006", 764)))
                .isEqualTo(new Malformed(MalformedReason.ATTRIBUTE_VALUE, HEADER));
        assertThat(StunDecoder.decode(text("0014", 763))).isInstanceOf(Decoded.class);
        assertThat(StunDecoder.decode(text("0014", 764)))
                .isEqualTo(new Malformed(MalformedReason.ATTRIBUTE_VALUE, HEADER));
    }

    private static ByteBuf text(String type, int bytes) {
        return Samples.rawRequest(type, String.format("%04x", bytes), "61".repeat(bytes), "00".repeat(-bytes & 3));
    }

    @Test
    void softwareIsReadWhateverItIs() {
        assertThat(decoded(Samples.rawRequest("80220003 61ff6200")).message().attributes())
                .containsExactly(new Software("a?b"));
        assertThat(decoded(text("8022", 1500)).message().attributes()).containsExactly(new Software("a".repeat(763)));
    }

    @Test
    void replacementCharacterItselfIsAUsername() {
        assertThat(decoded(Samples.rawRequest("00060003 efbfbd00")).message().find(Username.class))
                .isEqualTo(new Username("\uFFFD"));
    }

    @Test
    void unknownRequiredAttributesAreListedOnceInOrderAndAtMost32() {
        ByteBuf bytes = Samples.rawRequest("00100000", "7fff0000", "00100000", "80990000", "00210001ab000000");
        assertThat(decoded(bytes).unknownRequired()).containsExactly(0x0010, 0x7FFF, 0x0021);

        String[] many = IntStream.range(0, 33)
                .mapToObj(i -> String.format("%04x0000", 0x4000 + i))
                .toArray(String[]::new);
        assertThat(decoded(Samples.rawRequest(many)).unknownRequired())
                .isEqualTo(IntStream.range(0x4000, 0x4020).boxed().toList());
    }

    @Test
    void messageMayCarry128AttributesAndNotOneMore() {
        String[] most = Collections.nCopies(128, "001a0000").toArray(String[]::new);
        assertThat(decoded(Samples.rawRequest(most)).message().all(DontFragment.class))
                .hasSize(128);
        String[] tooMany = Arrays.copyOf(most, 129);
        tooMany[128] = "001a0000";
        assertThat(StunDecoder.decode(Samples.rawRequest(tooMany)))
                .isEqualTo(new Malformed(MalformedReason.TOO_MANY_ATTRIBUTES, HEADER));
    }

    @Test
    void firstOfARepeatedAttributeCounts() {
        StunMessage message = decoded(Samples.rawRequest("000d000400000001", "000d000400000002"))
                .message();
        assertThat(message.find(Lifetime.class)).isEqualTo(new Lifetime(1));
        assertThat(message.all(Lifetime.class)).containsExactly(new Lifetime(1), new Lifetime(2));
    }

    @Test
    void payloadOfASendIndicationIsAWindowIntoItsBuffer() {
        for (ByteBuf buffer : List.of(Unpooled.buffer(), Unpooled.directBuffer())) {
            buffer.writeZero(3).readerIndex(3);
            StunEncoder.writeSendIndicationHeader(buffer, Samples.ID, Samples.IPV6, 5);
            buffer.writeBytes(new byte[] {1, 2, 3, 4, 5, 0, 0, 0});
            StunMessage message = decoded(buffer).message();
            assertThat(message.attributes())
                    .containsExactly(new XorPeerAddress(Samples.IPV6), new Data(20 + 24 + 4, 5));
            Data data = (Data) message.attributes().getLast();
            assertThat(data.payloadOf(buffer)).isEqualTo(Unpooled.wrappedBuffer(new byte[] {1, 2, 3, 4, 5}));
            assertThat(buffer.readerIndex()).isEqualTo(3);
            buffer.release();
        }
    }

    @Test
    void emptyPayloadIsAPayload() {
        ByteBuf buffer = Unpooled.buffer();
        StunEncoder.writeDataIndicationHeader(buffer, Samples.ID, Samples.IPV4, 0);
        List<Attribute> attributes = decoded(buffer).message().attributes();
        assertThat(attributes).containsExactly(new XorPeerAddress(Samples.IPV4), new Data(36, 0));
    }

    private static Decoded decoded(ByteBuf bytes) {
        return (Decoded) StunDecoder.decode(bytes);
    }
}
