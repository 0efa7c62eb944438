package dev.parley.ice.credential;

import java.util.Base64;
import java.util.List;

/**
 * What a challenge offers beyond the oldest form of long-term credentials (RFC 8489 sections 9.2.1 and 18.1). A nonce
 * that carries them begins with the nonce cookie, so that nobody on the way can take an offer back unnoticed.
 *
 * @param isAnnounced whether there is a nonce cookie at all
 * @param algorithms of keys, best first; empty for MD5 alone, without negotiation
 * @param usernameAnonymity whether clients are to send USERHASH in place of USERNAME
 */
public record SecurityFeatures(boolean isAnnounced, List<KeyAlgorithm> algorithms, boolean usernameAnonymity) {
    /** The first nine characters of the cookie; the other four are the feature bits in base64. */
    static final String COOKIE = "obMatJos2";

    static final int COOKIE_LETTERS = 13;

    /** No cookie: the nonce of RFC 5389. */
    public static final SecurityFeatures NONE = new SecurityFeatures(false, List.of(), false);

    /** Bits count from the right (RFC 8489 section 18.1 as its erratum 6290 has it, and as its example shows). */
    private static final int PASSWORD_ALGORITHMS_BIT = 1;

    private static final int USERNAME_ANONYMITY_BIT = 1 << 1;

    public SecurityFeatures {
        algorithms = List.copyOf(algorithms);
        if (!isAnnounced && (usernameAnonymity || !algorithms.isEmpty())) {
            throw new IllegalArgumentException("features that no cookie announces");
        }
    }

    /** A cookie with these algorithms. */
    public static SecurityFeatures of(List<KeyAlgorithm> algorithms, boolean usernameAnonymity) {
        return new SecurityFeatures(true, algorithms, usernameAnonymity);
    }

    /** Whether a nonce, of whoever, begins with a cookie. */
    public static boolean isAnnouncedBy(String nonce) {
        return nonce.length() >= COOKIE_LETTERS && nonce.startsWith(COOKIE);
    }

    /** The thirteen characters before the nonce proper, or nothing. */
    String cookie() {
        if (!isAnnounced) {
            return "";
        }
        int bits =
                (algorithms.isEmpty() ? 0 : PASSWORD_ALGORITHMS_BIT) | (usernameAnonymity ? USERNAME_ANONYMITY_BIT : 0);
        return COOKIE + Base64.getEncoder().encodeToString(new byte[] {0, 0, (byte) bits});
    }

    /**
     * Four bytes that differ for different offers: a nonce is signed over them, so that it works only with the very
     * list it came with.
     */
    int fingerprint() {
        int print = (isAnnounced ? 1 : 0) | (usernameAnonymity ? 2 : 0);
        for (KeyAlgorithm algorithm : algorithms) {
            print = print << 8 | algorithm.number() << 2;
        }
        return print;
    }
}
