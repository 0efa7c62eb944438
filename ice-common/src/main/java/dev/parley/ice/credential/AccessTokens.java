package dev.parley.ice.credential;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Opens the self-contained access tokens of RFC 7635 section 6.2, sealed by an authorization server with AES-GCM. The
 * name of this server is authenticated with them, so that a token for another one is worth nothing here.
 *
 * <pre>
 *  +----------+---------+--------------------------------------------------+------------+
 *  | 2 bytes  | 12      | 2 bytes   | key  | 8 bytes           | 4 bytes   | 16         |
 *  | 12       | nonce   | its length|      | 48.16 timestamp   | lifetime  | tag        |
 *  +----------+---------+--------------------------------------------------+------------+
 *                       |                    encrypted                     |
 * </pre>
 *
 * <p>Any bytes end in a result. Any thread may call.
 */
public final class AccessTokens {
    /** How far the clocks of the two servers may be apart; RFC 7635 section 4.1.1 suggests 5 seconds. */
    public static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int LEAST_KEY_BYTES = 16;
    private static final int MOST_KEY_BYTES = 64;
    private static final int FIXED_BYTES = 2 + NONCE_BYTES + 2 + 8 + 4 + TAG_BYTES;
    /** Parts of a second in the low 16 bits of a timestamp. */
    private static final int FRACTIONS = 64_000;

    private final String serverName;
    private final Map<String, TokenKey> keyById = new HashMap<>();

    /** @param serverName as THIRD-PARTY-AUTHORIZATION tells it to clients */
    public AccessTokens(String serverName, List<TokenKey> keys) {
        this.serverName = serverName;
        for (TokenKey key : keys) {
            if (keyById.put(key.kid(), key) != null) {
                throw new IllegalArgumentException("two keys called " + key.kid());
            }
        }
    }

    public String serverName() {
        return serverName;
    }

    /**
     * What the token says.
     *
     * @param kid the USERNAME it came with
     */
    public TokenResult open(String kid, byte[] token, Instant now) {
        TokenKey key = keyById.get(kid);
        if (key == null || now.isBefore(key.from()) || !now.isBefore(key.until())) {
            return new TokenResult.UnknownKey();
        }
        boolean possible =
                token.length >= FIXED_BYTES + LEAST_KEY_BYTES && token.length <= FIXED_BYTES + MOST_KEY_BYTES;
        if (!possible || ByteBuffer.wrap(token).getShort() != NONCE_BYTES) {
            return new TokenResult.Unreadable();
        }
        byte[] plain = decrypt(key, token);
        return plain == null ? new TokenResult.Unreadable() : read(ByteBuffer.wrap(plain), now);
    }

    /** Null if the tag is wrong. */
    private byte @Nullable [] decrypt(TokenKey key, byte[] token) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key.key(), new GCMParameterSpec(8 * TAG_BYTES, token, 2, NONCE_BYTES));
            cipher.updateAAD(serverName.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(token, 2 + NONCE_BYTES, token.length - 2 - NONCE_BYTES);
        } catch (AEADBadTagException forged) {
            return null;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-GCM", impossible);
        }
    }

    private static TokenResult read(ByteBuffer plain, Instant now) {
        int keyBytes = Short.toUnsignedInt(plain.getShort());
        if (keyBytes < LEAST_KEY_BYTES || plain.remaining() != keyBytes + 12) {
            return new TokenResult.Unreadable();
        }
        byte[] key = new byte[keyBytes];
        plain.get(key);
        long timestamp = plain.getLong();
        long lifetimeSeconds = Integer.toUnsignedLong(plain.getInt());
        Instant issued = Instant.ofEpochSecond(timestamp >>> 16, (timestamp & 0xFFFF) * 1_000_000_000L / FRACTIONS);
        Duration most = Duration.ofSeconds(lifetimeSeconds).plus(CLOCK_SKEW);
        return Duration.between(issued, now).abs().compareTo(most) < 0
                ? new TokenResult.Opened(LongTermKey.ofBytes(key), issued.plus(most))
                : new TokenResult.OutOfTime();
    }
}
