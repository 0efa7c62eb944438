package dev.parley.signaling.webhook;

import dev.parley.ice.credential.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * Proves to a receiver who calls and when: {@code t=SECONDS,v1=HMAC}, where HMAC is the HMAC-SHA256 of
 * {@code SECONDS.BODY} in hexadecimal. With several secrets there are several {@code v1}, of which one has to fit, so
 * that a secret can be replaced.
 */
final class Signature {
    /** The header field it is sent in. */
    static final String HEADER = "Parley-Signature";

    private Signature() {}

    static String of(String body, long unixSeconds, List<Secret> secrets) {
        StringBuilder text = new StringBuilder("t=").append(unixSeconds);
        byte[] signed = (unixSeconds + "." + body).getBytes(StandardCharsets.UTF_8);
        for (Secret secret : secrets) {
            byte[] mac = secret.mac("HmacSHA256").doFinal(signed);
            text.append(",v1=").append(HexFormat.of().formatHex(mac));
        }
        return text.toString();
    }
}
