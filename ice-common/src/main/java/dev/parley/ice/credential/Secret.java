package dev.parley.ice.credential;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A shared secret that signs credentials or nonces. It never prints itself, and comparing two takes the same time
 * wherever they differ. Immutable.
 */
public final class Secret {
    /** A shorter secret is refused: 256 bits, if every byte is random. */
    public static final int MIN_BYTES = 32;

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        if (bytes.length < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "a secret has at least " + MIN_BYTES + " bytes, this one has " + bytes.length);
        }
        this.bytes = bytes;
    }

    /**
     * The secret as it stands in a configuration; its UTF-8 bytes are the key, as every TURN server has it.
     *
     * @throws IllegalArgumentException if it is shorter than {@link #MIN_BYTES}; the text names no part of it
     */
    public static Secret ofText(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A fresh secret: 256 random bits, as 43 letters of base64url so that it can be kept in a file. */
    public static Secret generate(SecureRandom random) {
        byte[] entropy = new byte[32];
        random.nextBytes(entropy);
        return ofText(Base64.getUrlEncoder().withoutPadding().encodeToString(entropy));
    }

    /** The secret itself, for the one place that writes it to the state directory. */
    public String reveal() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A fresh authentication code keyed with this secret. */
    public Mac mac(String algorithm) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(bytes, algorithm));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + algorithm, impossible);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
    }

    /** Tells nothing but the length, so that a printed hash gives nothing away. */
    @Override
    public int hashCode() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "Secret[***]";
    }
}
