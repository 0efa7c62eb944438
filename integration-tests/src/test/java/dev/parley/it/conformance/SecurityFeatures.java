package dev.parley.it.conformance;

import dev.parley.it.wire.Message;
import dev.parley.it.wire.Wire;
import java.util.Base64;

/** What a nonce says the server can do: RFC 8489 sections 9.2 and 18.1. Bits count from the right (erratum 6290). */
record SecurityFeatures(boolean passwordAlgorithms, boolean usernameAnonymity) {
    private static final String COOKIE = "obMatJos2";
    private static final int FEATURES_LENGTH = 4;

    static SecurityFeatures of(Message challenge) {
        String nonce = challenge.text(Wire.NONCE);
        if (!nonce.startsWith(COOKIE) || nonce.length() < COOKIE.length() + FEATURES_LENGTH) {
            return new SecurityFeatures(false, false);
        }
        byte[] bits = Base64.getDecoder().decode(nonce.substring(COOKIE.length(), COOKIE.length() + FEATURES_LENGTH));
        return new SecurityFeatures((bits[2] & 1) != 0, (bits[2] & 2) != 0);
    }
}
