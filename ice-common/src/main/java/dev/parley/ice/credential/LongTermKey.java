package dev.parley.ice.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The HMAC key of a user's messages (RFC 8489 sections 9.1.1, 9.2.2 and 18.5). It equals a password, so it is never
 * printed.
 *
 * <p>Which digest made the key is the password algorithm of the exchange; the key itself then serves both integrity
 * attributes.
 */
public final class LongTermKey {
    private final byte[] bytes;

    private LongTermKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The key of password algorithm MD5, which is also the one when no algorithm was negotiated. */
    public static LongTermKey ofPassword(String username, String realm, String password) {
        return of(KeyAlgorithm.MD5, username, realm, password);
    }

    /** The key of password algorithm SHA-256. */
    public static LongTermKey ofPasswordSha256(String username, String realm, String password) {
        return of(KeyAlgorithm.SHA256, username, realm, password);
    }

    /** The key of any password algorithm; username, realm and password as {@link OpaqueString} leaves them. */
    public static LongTermKey of(KeyAlgorithm algorithm, String username, String realm, String password) {
        return new LongTermKey(digest(algorithm.digest(), username, realm, password));
    }

    /** A key that somebody derived before, such as one that is stored in place of a password. */
    public static LongTermKey ofBytes(byte[] key) {
        if (key.length == 0) {
            throw new IllegalArgumentException("an empty key");
        }
        return new LongTermKey(key.clone());
    }

    /** The key of the short-term mechanism: the password itself. */
    public static LongTermKey ofShortTerm(String password) {
        return new LongTermKey(password.getBytes(StandardCharsets.UTF_8));
    }

    /** Sixteen letters that tell one key from another and give nothing of it away. */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** A fresh copy of the key. */
    public byte[] bytes() {
        return bytes.clone();
    }

    private static byte[] digest(String algorithm, String username, String realm, String password) {
        try {
            String joined = username + ':' + realm + ':' + password;
            return MessageDigest.getInstance(algorithm).digest(joined.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has " + algorithm, impossible);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LongTermKey key && MessageDigest.isEqual(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "LongTermKey[***]";
    }
}
