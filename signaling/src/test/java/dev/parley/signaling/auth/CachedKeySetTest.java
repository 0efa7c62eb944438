package dev.parley.signaling.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A key set elsewhere: had when needed, not more often than that, and not lost when it cannot be had. */
class CachedKeySetTest {
    private static final Duration REFRESH = Duration.ofMinutes(10);
    private static final Duration RETRY = Duration.ofSeconds(30);
    private static final String NEW_KEY = Tokens.rsa(2048, "new").toPublicJWK().toJSONString();

    private String served = Tokens.keySet();
    private boolean outage;
    private int fetches;
    private long nowNanos = -7;
    private final CachedKeySet keys = new CachedKeySet(this::fetch, REFRESH, RETRY, () -> nowNanos);

    private String fetch() throws IOException {
        fetches++;
        if (outage) {
            throw new IOException("no route");
        }
        return served;
    }

    private void after(Duration time) {
        nowNanos += time.toNanos();
    }

    private boolean has(String kid) {
        return keys.find(TokenAlgorithm.RS256, kid) instanceof KeyRing.Result.Found;
    }

    private DenyReason missing(String kid) {
        return switch (keys.find(TokenAlgorithm.RS256, kid)) {
            case KeyRing.Result.Missing(var reason) -> reason;
            case KeyRing.Result.Found found -> throw new AssertionError(found);
        };
    }

    @Test
    void setIsHadOnceAndAgainWhenItIsOld() {
        assertThat(has("rsa")).isTrue();
        after(REFRESH.minusNanos(1));
        assertThat(has("rsa")).isTrue();
        assertThat(fetches).isEqualTo(1);

        after(Duration.ofNanos(1));
        assertThat(has("rsa")).isTrue();
        assertThat(fetches).isEqualTo(2);
    }

    @Test
    void rotatedKeyIsFoundBeforeTheSetIsOld() {
        has("rsa");
        served = Tokens.keySet(NEW_KEY);
        after(RETRY);

        assertThat(has("new")).isTrue();
        assertThat(missing("rsa")).as("revoked with the set").isEqualTo(DenyReason.UNKNOWN_KEY);
    }

    @Test
    void floodOfUnknownKeysFetchesNoMoreThanOnceInAWhile() {
        for (int i = 0; i < 10_000; i++) {
            nowNanos += TimeUnit.MILLISECONDS.toNanos(6); // a minute in all
            missing("unknown" + i);
        }
        assertThat(fetches).isBetween(2, 3);
    }

    @Test
    void outageLeavesTheLastGoodSetInForce() {
        has("rsa");
        outage = true;
        after(Duration.ofDays(1));

        assertThat(has("rsa")).isTrue();
        assertThat(has("rsa")).isTrue();
        assertThat(fetches).as("tried once, not for each token").isEqualTo(2);
        outage = false;
        served = Tokens.keySet(NEW_KEY);
        after(RETRY);
        assertThat(has("new")).isTrue();
    }

    @Test
    void rubbishLeavesTheLastGoodSetInForce() {
        has("rsa");
        served = "<html>";
        after(REFRESH);

        assertThat(has("rsa")).isTrue();
    }

    @Test
    void outageFromTheBeginningLetsNobodyInUntilItIsOver() {
        outage = true;
        assertThat(missing("rsa")).isEqualTo(DenyReason.NO_KEYS);
        outage = false;
        after(RETRY.minusNanos(1));
        assertThat(missing("rsa")).isEqualTo(DenyReason.NO_KEYS);
        after(Duration.ofNanos(1));
        assertThat(has("rsa")).isTrue();
    }
}
