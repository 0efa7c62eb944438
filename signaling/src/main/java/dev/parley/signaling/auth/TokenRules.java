package dev.parley.signaling.auth;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What tokens must say.
 *
 * @param issuer whose they must be; null: anybody's who has the key
 * @param audience whom they must be for; null: anybody
 * @param leeway by which clocks may differ, and by which a session outlives its token; at most a minute
 */
public record TokenRules(@Nullable String issuer, @Nullable String audience, Duration leeway) {
    /** Larger differences are somebody's mistake. */
    public static final Duration MAX_LEEWAY = Duration.ofSeconds(60);

    public TokenRules {
        if (leeway.isNegative() || leeway.compareTo(MAX_LEEWAY) > 0) {
            throw new IllegalArgumentException("leeway is from 0 to " + MAX_LEEWAY.toSeconds() + " seconds");
        }
    }
}
