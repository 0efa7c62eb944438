package dev.parley.ice.stun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.stun.DecodeResult.Decoded;
import dev.parley.ice.stun.DecodeResult.Malformed;
import dev.parley.ice.stun.DecodeResult.NotStun;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.Data;
import dev.parley.ice.stun.attribute.FingerprintAttribute;
import dev.parley.ice.stun.attribute.MessageIntegrityAttribute;
import dev.parley.ice.stun.attribute.MessageIntegritySha256Attribute;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** What must hold of the result of decoding any bytes. */
final class DecodeResults {

    private DecodeResults() {}

    static void check(ByteBuf bytes, DecodeResult result) {
        switch (result) {
            case Decoded decoded -> checkDecoded(bytes, decoded);
            case Malformed malformed -> {
                StunMessage header = malformed.header();
                assertThat(header == null || header.messageClass() == StunClass.REQUEST)
                        .isTrue();
            }
            case NotStun ignored -> {}
        }
    }

    private static void checkDecoded(ByteBuf bytes, Decoded decoded) {
        assertThat(decoded.message().attributes()).hasSizeLessThanOrEqualTo(StunDecoder.MOST_ATTRIBUTES);
        assertThat(decoded.unknownRequired()).hasSizeLessThanOrEqualTo(32);
        for (Data data : decoded.message().all(Data.class)) {
            assertThat(data.payloadOf(bytes).readableBytes()).isEqualTo(data.length());
        }
        if (decoded.signed().isSigned()) {
            MessageIntegrity.verify(bytes, decoded.signed(), Vectors.SHORT_TERM, 16);
        }
        // what was understood is encoded and understood again
        List<Attribute> plain = new ArrayList<>(decoded.message().attributes());
        plain.removeIf(attribute -> attribute instanceof Data
                || attribute instanceof MessageIntegrityAttribute
                || attribute instanceof MessageIntegritySha256Attribute
                || attribute instanceof FingerprintAttribute);
        StunMessage message = decoded.message();
        StunMessage again = new StunMessage(message.messageClass(), message.method(), message.transactionId(), plain);
        assertThat(StunDecoder.decode(Samples.encode(again)))
                .isEqualTo(new Decoded(again, List.of(), SignedLengths.UNSIGNED));
    }
}
