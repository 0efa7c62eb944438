package dev.parley.ice.credential;

import java.time.Instant;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A long-term key between an authorization server and this one (RFC 7635 section 4.1). It never prints itself.
 *
 * @param kid what the authorization server calls it; clients send it as USERNAME
 * @param key of AES, 16 or 32 bytes
 * @param from it opens nothing before
 * @param until it opens nothing from then on
 */
public record TokenKey(String kid, SecretKey key, Instant from, Instant until) {
    public TokenKey {
        int bytes = key.getEncoded().length;
        if (kid.isEmpty() || (bytes != 16 && bytes != 32)) {
            throw new IllegalArgumentException("a key has a name and 16 or 32 bytes");
        }
    }

    /** A key of AES-128 or AES-256, by its length. */
    public static TokenKey of(String kid, byte[] key, Instant from, Instant until) {
        return new TokenKey(kid, new SecretKeySpec(key, "AES"), from, until);
    }

    @Override
    public String toString() {
        return "TokenKey[" + kid + ", ***]";
    }
}
