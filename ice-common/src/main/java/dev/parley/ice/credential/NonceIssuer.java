package dev.parley.ice.credential;

import dev.parley.ice.address.TransportAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;

/**
 * Issues nonces and recognises them again without keeping any (RFC 8489 section 9.2): each carries the time and a tag
 * over time and client address. A stranger's first packet thus costs the server no memory, and a nonce seen by an
 * eavesdropper is worth nothing from another address.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------------------------------+-------------------------------+
 * |  Unix seconds modulo 65536    |        sequence number        |
 * +-------------------------------+-------------------------------+
 * |      tag: first 64 bits of HMAC-SHA256 over all Unix          |
 * |      seconds, sequence number, client, security features      |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * <p>A nonce that announces {@link SecurityFeatures} begins with their cookie, and the tag covers them too.
 *
 * <p>Twelve bytes, sixteen letters of base64url: short, because the answer to an unauthenticated request must not
 * amplify much. The tag covers the full time, so a nonce does not come back to life when the 16 bits come round. The
 * sequence number tells nonces of one second apart. Of several secrets the first signs and all verify.
 *
 * <p>Not for use by several threads: each event loop has its own.
 */
public final class NonceIssuer {
    /** How long a nonce works: 10 minutes; RFC 8656 section 5 wants it to expire at least once an hour. */
    public static final Duration LIFETIME = Duration.ofMinutes(10);

    /** How far the clock of another node that signs with the same secret may be ahead. */
    public static final Duration FUTURE_SKEW = Duration.ofSeconds(5);

    private static final String ALGORITHM = "HmacSHA256";
    private static final int NONCE_BYTES = 12;
    private static final int NONCE_LETTERS = 16;
    private static final int SIGNED_BYTES = Long.BYTES + Short.BYTES + Integer.BYTES + 1 + 2 * Long.BYTES + Short.BYTES;

    private final List<Mac> macs;
    private final long lifetimeSeconds;
    private final ByteBuffer signed = ByteBuffer.allocate(SIGNED_BYTES);
    private short sequence;

    public NonceIssuer(Secret secret, Duration lifetime) {
        this(List.of(secret), lifetime);
    }

    public NonceIssuer(List<Secret> secrets, Duration lifetime) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("without a secret nothing can be signed");
        }
        if (lifetime.toSeconds() < 1 || lifetime.toSeconds() > 0xFFFF - FUTURE_SKEW.toSeconds()) {
            throw new IllegalArgumentException("a nonce lives from 1 s to 18 h, not " + lifetime);
        }
        this.macs = secrets.stream().map(secret -> secret.mac(ALGORITHM)).toList();
        this.lifetimeSeconds = lifetime.toSeconds();
    }

    /** A fresh nonce without cookie. */
    public String issue(TransportAddress client, Instant now) {
        return issue(client, now, SecurityFeatures.NONE);
    }

    /** A fresh nonce for the client; 65536 different ones within one second. */
    public String issue(TransportAddress client, Instant now, SecurityFeatures features) {
        long seconds = now.getEpochSecond();
        sequence++;
        ByteBuffer nonce = ByteBuffer.allocate(NONCE_BYTES);
        long tag = tag(macs.getFirst(), seconds, sequence, features.fingerprint(), client);
        nonce.putShort((short) seconds).putShort(sequence).putLong(tag);
        return features.cookie() + Base64.getUrlEncoder().encodeToString(nonce.array());
    }

    /** As below, where no features are ever announced. */
    public NonceState check(String nonce, TransportAddress client, Instant now) {
        return check(nonce, client, now, SecurityFeatures.NONE);
    }

    /**
     * What to think of a nonce that came with a request.
     *
     * @param features what is announced today; a nonce without cookie is good as well, one that announced something
     *     else is not
     */
    public NonceState check(String nonce, TransportAddress client, Instant now, SecurityFeatures features) {
        String cookie = features.cookie();
        if (cookie.isEmpty() || !nonce.startsWith(cookie)) {
            return checkProper(nonce, SecurityFeatures.NONE.fingerprint(), client, now);
        }
        return checkProper(nonce.substring(cookie.length()), features.fingerprint(), client, now);
    }

    private NonceState checkProper(String nonce, int features, TransportAddress client, Instant now) {
        if (nonce.length() != NONCE_LETTERS) {
            return NonceState.FORGED;
        }
        long head = decode(nonce, 0, 6); // 36 bits: time, sequence number and the first 4 bits of the tag
        long tail = decode(nonce, 6, NONCE_LETTERS); // the other 60
        if (head < 0 || tail < 0) {
            return NonceState.FORGED;
        }
        long latest = now.getEpochSecond() + FUTURE_SKEW.toSeconds();
        long secondsBeforeLatest = (latest - (head >>> 20)) & 0xFFFF;
        long issued = latest - secondsBeforeLatest;
        if (!isSigned(issued, (short) (head >>> 4), features, client, (head << 60) | tail)) {
            return NonceState.FORGED;
        }
        return now.getEpochSecond() - issued < lifetimeSeconds ? NonceState.VALID : NonceState.STALE;
    }

    private boolean isSigned(long seconds, short number, int features, TransportAddress client, long tag) {
        boolean found = false;
        for (Mac mac : macs) {
            // Comparing two longs takes one instruction wherever they differ, and no secret is skipped.
            found |= tag(mac, seconds, number, features, client) == tag;
        }
        return found;
    }

    private long tag(Mac mac, long seconds, short number, int features, TransportAddress client) {
        signed.clear()
                .putLong(seconds)
                .putShort(number)
                .putInt(features)
                .put((byte) client.family().stunCode())
                .putLong(client.high())
                .putLong(client.low())
                .putShort((short) client.port());
        return ByteBuffer.wrap(mac.doFinal(signed.array())).getLong();
    }

    /** The bits of up to ten letters of base64url, or -1 if one is none. */
    private static long decode(String text, int from, int to) {
        long bits = 0;
        for (int index = from; index < to; index++) {
            int value = valueOf(text.charAt(index));
            if (value < 0) {
                return -1;
            }
            bits = (bits << 6) | value;
        }
        return bits;
    }

    private static int valueOf(char letter) {
        if (letter >= 'A' && letter <= 'Z') {
            return letter - 'A';
        }
        if (letter >= 'a' && letter <= 'z') {
            return letter - 'a' + 26;
        }
        if (letter >= '0' && letter <= '9') {
            return letter - '0' + 52;
        }
        return letter == '-' ? 62 : letter == '_' ? 63 : -1;
    }
}
