package dev.parley.turn.dtls;

import java.security.SecureRandom;
import java.time.Duration;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret keys that cookies are made with: a new one every hour, and the one before is still good for the hour after
 * it. Shared by all event loops, because a client's second datagram may reach another.
 */
public final class CookieKeys {
    static final Duration ROTATION = Duration.ofHours(1);
    private static final int KEY_BYTES = 32;

    private final SecureRandom random;
    private volatile Pair pair;

    /** The key that signs, and the one that is only verified with. */
    record Pair(long period, SecretKey current, SecretKey previous) {}

    public CookieKeys(SecureRandom random) {
        this.random = random;
        this.pair = new Pair(0, key(), key());
    }

    /** The keys of this hour. */
    Pair at(long nowNanos) {
        long period = Math.floorDiv(nowNanos, ROTATION.toNanos());
        Pair now = pair;
        return period <= now.period ? now : rotated(period);
    }

    private synchronized Pair rotated(long period) {
        if (period > pair.period) {
            pair = new Pair(period, key(), period == pair.period + 1 ? pair.current : key());
        }
        return pair;
    }

    private SecretKey key() {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return new SecretKeySpec(bytes, "HmacSHA256");
    }
}
