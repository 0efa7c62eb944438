package dev.parley.it.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keys and checksums of RFC 8489 sections 9.2.2, 14.5, 14.6 and 14.7. */
public final class Keys {
    private static final int FINGERPRINT_XOR = 0x5354554E;

    private Keys() {}

    public static byte[] md5(String username, String realm, String password) {
        return digest("MD5", username + ":" + realm + ":" + password);
    }

    public static byte[] sha256(String username, String realm, String password) {
        return digest("SHA-256", username + ":" + realm + ":" + password);
    }

    public static byte[] userhash(String username, String realm) {
        return digest("SHA-256", username + ":" + realm);
    }

    public static byte[] hmac(String algorithm, byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static int fingerprint(byte[] text) {
        var crc = new CRC32();
        crc.update(text);
        return ((int) crc.getValue()) ^ FINGERPRINT_XOR;
    }

    private static byte[] digest(String algorithm, String text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
