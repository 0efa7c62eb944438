package dev.parley.ice.credential;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Hides a few bytes that a client keeps for us, and recognises them when they come back: the tag over the text is also
 * the vector that the text is encrypted with. Equal texts have equal seals, so each text should be used once.
 *
 * <pre>
 *  octets 0-11   tag: first 96 bits of HMAC-SHA256 over the text
 *  octets 12-..  the text, AES-128 in counter mode
 * </pre>
 *
 * <p>Not for use by several threads.
 */
public final class TicketSeal {
    /** Bytes that a sealed text is longer. */
    public static final int OVERHEAD = 12;

    private static final int KEY_BYTES = 16;
    private static final int BLOCK_BYTES = 16;
    private static final byte[] KEY_LABEL = "ticket encryption key".getBytes(StandardCharsets.US_ASCII);

    private final Mac mac;
    private final SecretKeySpec key;
    private final Cipher cipher;

    public TicketSeal(Secret secret) {
        this.mac = secret.mac("HmacSHA256");
        this.key = new SecretKeySpec(Arrays.copyOf(mac.doFinal(KEY_LABEL), KEY_BYTES), "AES");
        try {
            this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES", e);
        }
    }

    public byte[] seal(byte[] text) {
        byte[] sealed = Arrays.copyOf(tag(text), OVERHEAD + text.length);
        System.arraycopy(crypt(sealed, text), 0, sealed, OVERHEAD, text.length);
        return sealed;
    }

    /** The text, or null if this was not sealed with the same secret. */
    public byte @Nullable [] open(byte[] sealed) {
        if (sealed.length < OVERHEAD) {
            return null;
        }
        byte[] text = crypt(sealed, Arrays.copyOfRange(sealed, OVERHEAD, sealed.length));
        return MessageDigest.isEqual(tag(text), Arrays.copyOf(sealed, OVERHEAD)) ? text : null;
    }

    private byte[] tag(byte[] text) {
        return Arrays.copyOf(mac.doFinal(text), OVERHEAD);
    }

    /** The tag, and zeros behind it, where the blocks are counted. */
    private static byte[] vectorOf(byte[] sealed) {
        return Arrays.copyOf(Arrays.copyOf(sealed, OVERHEAD), BLOCK_BYTES);
    }

    /** Encrypts or decrypts, which is the same, under the tag that begins what is sealed. */
    private byte[] crypt(byte[] sealed, byte[] text) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(vectorOf(sealed)));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("counter mode takes any vector and any text", e);
        }
    }
}
