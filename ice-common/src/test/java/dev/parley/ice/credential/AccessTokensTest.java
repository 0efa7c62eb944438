package dev.parley.ice.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.testing.SeededGenerator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The token was made with: turnutils_oauth -e --server-name example.com --auth-key-id 1234 --auth-key
 * SEdrajMyS0pHaXV5MDk4c2RmYXFiTmpPaWF6NzE5MjM= --token-mac-key WmtzanB3ZW9peFhtdm42NzUzNG0= --token-timestamp
 * 16333642137600 --token-lifetime=3600.
 */
class AccessTokensTest {
    private static final byte[] TOKEN =
            bytes("AAy1JBYVLo16iq9gFdHyyknmx5T/Lq9YlbxgUdLcStOFS0H8xhHceHOL2f49qxp4uBpGuuLeLqk+RcAa5uP2EQ==");
    private static final byte[] KEY = bytes("SEdrajMyS0pHaXV5MDk4c2RmYXFiTmpPaWF6NzE5MjM=");
    private static final Instant ISSUED = Instant.ofEpochSecond(16333642137600L >>> 16);
    private static final TokenKey AUTHORITY = TokenKey.of("1234", KEY, Instant.EPOCH, Instant.MAX);
    private static final AccessTokens TOKENS = new AccessTokens("example.com", List.of(AUTHORITY));

    @Test
    void aTokenOfAnotherProgramOpens() {
        LongTermKey key = LongTermKey.ofBytes("ZksjpweoixXmvn67534m".getBytes(StandardCharsets.US_ASCII));
        assertThat(TOKENS.open("1234", TOKEN, ISSUED)).isEqualTo(new TokenResult.Opened(key, ISSUED.plusSeconds(3605)));
    }

    @Test
    void itLastsItsLifetimeAndFiveSecondsAndNotATickLonger() {
        Instant end = ISSUED.plusSeconds(3605);
        assertThat(TOKENS.open("1234", TOKEN, end.minusNanos(1))).isInstanceOf(TokenResult.Opened.class);
        assertThat(TOKENS.open("1234", TOKEN, end)).isEqualTo(new TokenResult.OutOfTime());
        assertThat(TOKENS.open("1234", TOKEN, ISSUED.minusSeconds(3605))).isEqualTo(new TokenResult.OutOfTime());
    }

    @Test
    void itIsWorthNothingAtAnotherServerOrWithAnotherKey() {
        assertThat(new AccessTokens("example.org", List.of(AUTHORITY)).open("1234", TOKEN, ISSUED))
                .isEqualTo(new TokenResult.Unreadable());
        assertThat(TOKENS.open("1235", TOKEN, ISSUED)).isEqualTo(new TokenResult.UnknownKey());
        byte[] otherKey = KEY.clone();
        otherKey[0]++;
        TokenKey other = TokenKey.of("1234", otherKey, Instant.EPOCH, Instant.MAX);
        assertThat(new AccessTokens("example.com", List.of(other)).open("1234", TOKEN, ISSUED))
                .isEqualTo(new TokenResult.Unreadable());
    }

    @Test
    void aKeyOpensNothingOutsideOfItsTime() {
        TokenKey limited = TokenKey.of("1234", KEY, ISSUED, ISSUED.plusSeconds(60));
        AccessTokens tokens = new AccessTokens("example.com", List.of(limited));
        assertThat(tokens.open("1234", TOKEN, ISSUED)).isInstanceOf(TokenResult.Opened.class);
        assertThat(tokens.open("1234", TOKEN, ISSUED.minusNanos(1))).isEqualTo(new TokenResult.UnknownKey());
        assertThat(tokens.open("1234", TOKEN, ISSUED.plusSeconds(60))).isEqualTo(new TokenResult.UnknownKey());
    }

    @Test
    void oneChangedBitMakesItUnreadable() {
        for (int bit = 0; bit < 8 * TOKEN.length; bit++) {
            byte[] changed = TOKEN.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(TOKENS.open("1234", changed, ISSUED)).as("bit %d", bit).isEqualTo(new TokenResult.Unreadable());
        }
    }

    @Test
    void anyBytesEndInAResult() {
        SeededGenerator.forAll(3000, generator -> {
            byte[] bytes = new byte[generator.below(2001)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) generator.below(256);
            }
            if (bytes.length > 1 && generator.below(2) == 0) {
                bytes[0] = 0;
                bytes[1] = 12;
            }
            assertThat(TOKENS.open("1234", bytes, ISSUED)).isEqualTo(new TokenResult.Unreadable());
        });
    }

    @Test
    void keysAreOfAesAndNeverPrinted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenKey.of("k", new byte[24], Instant.EPOCH, Instant.MAX));
        assertThatIllegalArgumentException().isThrownBy(() -> new AccessTokens("s", List.of(AUTHORITY, AUTHORITY)));
        assertThat(AUTHORITY.toString()).isEqualTo("TokenKey[1234, ***]");
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }
}
