package dev.parley.ice.stun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassicBindingTest {
    private static final String ID = "000102030405060708090a0b0c0d0e0f";
    private static final String PLAIN = "00010000" + ID;
    private static final String NO_CHANGE = "00010008" + ID + "0003000400000000";

    @Test
    void aPlainRequestIsAnsweredWithItsIdAndTheAddressInClear() {
        for (String request : List.of(PLAIN, NO_CHANGE)) {
            ClassicBinding found = ClassicBinding.find(Vectors.buffer(request));
            assertThat(found).as(request).isNotNull();
            ByteBuf answer = Unpooled.buffer();
            if (found != null) {
                found.writeAnswer(TransportAddress.parse("192.0.2.1:5000"), answer);
            }
            assertThat(Vectors.hex(answer)).isEqualTo("0101000c" + ID + "0001000800011388c0000201");
        }
    }

    @Test
    void whatWouldRedirectTheAnswerOrIsSomethingElseIsNotFound() {
        for (String other : List.of(
                "00010008" + ID + "0003000400000006", // CHANGE-REQUEST
                "0001000c" + ID + "0002000800011388c0000201", // RESPONSE-ADDRESS
                "000100002112a442" + ID.substring(8), // with the cookie
                "00020000" + ID,
                "01010000" + ID,
                "00010004" + ID,
                "00010004" + ID + "00030004",
                "00010002" + ID + "0000",
                "0001",
                "")) {
            assertThat(ClassicBinding.find(Vectors.buffer(other))).as(other).isNull();
        }
    }
}
