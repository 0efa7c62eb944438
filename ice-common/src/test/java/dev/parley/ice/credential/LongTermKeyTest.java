package dev.parley.ice.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class LongTermKeyTest {
    /** The example of RFC 8489 section 18.5.1.1. */
    @Test
    void md5KeyIsTheOneOfTheExample() {
        assertThat(HexFormat.of()
                        .formatHex(
                                LongTermKey.ofPassword("user", "realm", "pass").bytes()))
                .isEqualTo("8493fbc53ba582fb4c044c456bdc40eb");
    }

    /** Computed with: printf user:realm:pass | sha256sum. */
    @Test
    void sha256KeyDigestsTheSameText() {
        assertThat(HexFormat.of()
                        .formatHex(LongTermKey.ofPasswordSha256("user", "realm", "pass")
                                .bytes()))
                .isEqualTo("07e934117abd40836e7c6329b54731b2b2d2a5f9a71f544922d75e0730d8251b");
    }

    @Test
    void keysEqualByValueAndCannotBeChangedFromOutside() {
        LongTermKey key = LongTermKey.ofPassword("user", "realm", "pass");
        key.bytes()[0]++;

        assertThat(key)
                .isEqualTo(LongTermKey.ofPassword("user", "realm", "pass"))
                .hasSameHashCodeAs(LongTermKey.ofPassword("user", "realm", "pass"))
                .isNotEqualTo(LongTermKey.ofPassword("user", "realm", "Pass"));
    }
}
