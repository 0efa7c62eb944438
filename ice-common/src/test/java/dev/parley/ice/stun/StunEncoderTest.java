package dev.parley.ice.stun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.ice.stun.attribute.Data;
import dev.parley.ice.stun.attribute.ErrorCode;
import dev.parley.ice.stun.attribute.Padding;
import dev.parley.ice.stun.attribute.UnknownAttributes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StunEncoderTest {

    @ParameterizedTest
    @EnumSource
    void errorResponseHasExactlyOneErrorCode(StunError error) {
        StunMessage response = StunMessage.error(Samples.request(), error, new UnknownAttributes(List.of(1)));
        assertThat(response.messageClass()).isEqualTo(StunClass.ERROR_RESPONSE);
        assertThat(response.all(ErrorCode.class)).containsExactly(new ErrorCode(error.code(), error.phrase()));
        assertThat(response.transactionId()).isEqualTo(Samples.ID);
    }

    @Test
    void errorCodesAreThoseOfTheRfcs() {
        StringBuilder text = new StringBuilder();
        for (StunError error : StunError.values()) {
            text.append(error.code()).append(' ').append(error.phrase()).append('\n');
        }
        assertThat(text.toString()).isEqualTo("""
                300 Try Alternate
                400 Bad Request
                401 Unauthenticated
                403 Forbidden
                405 Mobility Forbidden
                420 Unknown Attribute
                437 Allocation Mismatch
                438 Stale Nonce
                440 Address Family not Supported
                441 Wrong Credentials
                442 Unsupported Transport Protocol
                443 Peer Address Family Mismatch
                446 Connection Already Exists
                447 Connection Timeout or Failure
                486 Allocation Quota Reached
                487 Role Conflict
                500 Server Error
                508 Insufficient Capacity
                """);
    }

    @Test
    void longestBodyIsEncodedAndOneWordMoreIsRefused() {
        ByteBuf bytes = Samples.encode(Samples.request(new Padding(0xFFF8)));
        assertThat(bytes.getUnsignedShort(2)).isEqualTo(0xFFFC);
        assertThat(StunDecoder.decode(bytes)).isInstanceOf(DecodeResult.Decoded.class);
        assertThatThrownBy(() -> Samples.encode(Samples.request(new Padding(0xFFF9))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void dataWindowHasNoBytesToEncode() {
        assertThatThrownBy(() -> Samples.encode(Samples.request(new Data(0, 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void dataIndicationHeaderCountsPayloadAndPadding() {
        ByteBuf header = Unpooled.buffer();
        StunEncoder.writeDataIndicationHeader(header, Samples.ID, Samples.IPV4, 1201);
        assertThat(Vectors.hex(header))
                .isEqualTo("0017" + "04c4" + "2112a442" + "0102030405060708090a0b0c" // 12 + 4 + 1204
                        + "00120008" + "0001deed" + "ea12d54b" + "001304b1");
    }

    @Test
    void transactionIdsAreNotRepeated() {
        SecureRandom random = new SecureRandom();
        TransactionId first = TransactionId.random(random);
        assertThat(first).isNotEqualTo(TransactionId.random(random));
        assertThat(Samples.ID).hasToString("0102030405060708090a0b0c");
    }
}
