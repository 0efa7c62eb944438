package dev.parley.ice.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TicketSealTest {
    private static final byte[] TEXT = "what the server knows".getBytes(StandardCharsets.US_ASCII);
    private final TicketSeal seal = new TicketSeal(Secret.ofText("a secret of thirty-two or more bytes"));

    @Test
    void whatWasSealedOpensWithTheSameSecretOnly() {
        byte[] sealed = seal.seal(TEXT);
        assertThat(sealed).hasSize(TEXT.length + TicketSeal.OVERHEAD);
        assertThat(new TicketSeal(Secret.ofText("a secret of thirty-two or more bytes")).open(sealed))
                .isEqualTo(TEXT);
        assertThat(new TicketSeal(Secret.ofText("another secret of thirty-two bytes")).open(sealed))
                .isNull();
    }

    @Test
    void nothingOfTheTextCanBeRead() {
        byte[] sealed = seal.seal(TEXT);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("server");
    }

    @Test
    void oneChangedBitIsNoticed() {
        byte[] sealed = seal.seal(TEXT);
        for (int bit = 0; bit < Byte.SIZE * sealed.length; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(seal.open(changed)).as("bit " + bit).isNull();
        }
    }

    @Test
    void whatIsCutOrLongerIsNoticed() {
        byte[] sealed = seal.seal(TEXT);
        for (int length = 0; length < 2 * sealed.length; length++) {
            byte[] resized = Arrays.copyOf(sealed, length);
            assertThat(seal.open(resized) != null).isEqualTo(length == sealed.length);
        }
    }
}
