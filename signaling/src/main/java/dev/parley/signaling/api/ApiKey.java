package dev.parley.signaling.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Who may use the API. Of the secret only the hash is known: secrets have 256 random bits, so one round of SHA-256
 * keeps them.
 *
 * @param id public, names the key in logs, metrics and user names: 1 to {@value #MAX_ID_LENGTH} letters, digits,
 *     {@code -} and {@code _}
 * @param secretHash SHA-256 of the secret, in lower-case hexadecimal
 * @param scopes what it may be used for
 * @param ttl of a credential for which none is asked
 * @param maxTtl the longest that may be asked for
 * @param perMinute requests that give something
 * @param perDay the same for a day
 * @param roomBound whether its credentials relay only within a room
 * @param origins of pages that may use it from a browser; empty for servers only
 */
public record ApiKey(
        String id,
        String secretHash,
        Set<ApiScope> scopes,
        Duration ttl,
        Duration maxTtl,
        int perMinute,
        int perDay,
        boolean roomBound,
        List<String> origins) {
    public static final int MAX_ID_LENGTH = 32;

    /** Longer secrets are none of ours. */
    static final int MAX_SECRET_LENGTH = 128;

    public ApiKey {
        scopes = Set.copyOf(scopes);
        origins = List.copyOf(origins);
        if (ttl.compareTo(maxTtl) > 0) {
            throw new IllegalArgumentException("the usual ttl is longer than the longest");
        }
    }

    /** Stands for a key that does not exist, so that a wrong id takes as long as a wrong secret. */
    static ApiKey nobody() {
        Duration none = Duration.ZERO;
        return new ApiKey("-", hash(""), EnumSet.noneOf(ApiScope.class), none, none, 1, 1, false, List.of());
    }

    /** In a time that does not depend on where they differ. */
    boolean isSecret(String presented) {
        return MessageDigest.isEqual(
                secretHash.getBytes(StandardCharsets.US_ASCII), hash(presented).getBytes(StandardCharsets.US_ASCII));
    }

    /** What is kept of a secret. */
    public static String hash(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
