package dev.parley.ice.credential;

import org.jspecify.annotations.Nullable;

/** How a password becomes the key of an exchange (RFC 8489 section 18.5). */
public enum KeyAlgorithm {
    /** Sixteen bytes; the one where nothing was negotiated, and the only one of clients before RFC 8489. */
    MD5(0x0001, 16, "MD5"),
    /** Thirty-two bytes. */
    SHA256(0x0002, 32, "SHA-256");

    private final int number;
    private final int keyBytes;
    private final String digest;

    KeyAlgorithm(int number, int keyBytes, String digest) {
        this.number = number;
        this.keyBytes = keyBytes;
        this.digest = digest;
    }

    /** The algorithm of a number on the wire, or null if it is none of ours. */
    public static @Nullable KeyAlgorithm find(int number) {
        for (KeyAlgorithm algorithm : values()) {
            if (algorithm.number == number) {
                return algorithm;
            }
        }
        return null;
    }

    /** What PASSWORD-ALGORITHM calls it. */
    public int number() {
        return number;
    }

    /** Length of its keys in bytes. */
    public int keyBytes() {
        return keyBytes;
    }

    /** The JDK's name of the digest. */
    String digest() {
        return digest;
    }
}
