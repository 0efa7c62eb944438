package dev.parley.turn.core;

import dev.parley.ice.credential.AccessTokens;
import dev.parley.ice.credential.KeyAlgorithm;
import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.credential.TokenResult;
import dev.parley.ice.stun.MessageIntegrity;
import dev.parley.ice.stun.attribute.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lets in who shows an access token instead of a password (RFC 7635 section 9). */
final class TokenGrants {
    static final String NAME_PREFIX = "oauth:";
    private static final int SHA1_KEY_BYTES = 20;
    private static final int SHORT_KEY_BYTES = 16;

    private final @Nullable AccessTokens tokens;

    /** @param tokens what opens them, or null if this server takes none */
    TokenGrants(@Nullable AccessTokens tokens) {
        this.tokens = tokens;
    }

    boolean areTaken() {
        return tokens != null;
    }

    /**
     * Who the sender is by its token. A token names nobody, so its key is the identity: what is allocated with one
     * token counts together.
     *
     * @param kid USERNAME
     */
    Authentication redeem(
            TurnEvent.Request request, String kid, AccessToken token, KeyNegotiation signed, Instant now) {
        if (tokens == null) {
            return new Authentication.Failed(RefusalReason.UNKNOWN_USER);
        }
        return switch (tokens.open(kid, token.token().toArray(), now)) {
            case TokenResult.UnknownKey() -> new Authentication.Failed(RefusalReason.UNKNOWN_TOKEN_KEY);
            case TokenResult.Unreadable() -> new Authentication.Failed(RefusalReason.BAD_TOKEN);
            case TokenResult.OutOfTime() -> new Authentication.Failed(RefusalReason.EXPIRED_CREDENTIAL);
            case TokenResult.Opened(LongTermKey key, Instant expiry) -> {
                LongTermKey signedWith = signingKey(request, key);
                if (signedWith == null) {
                    yield new Authentication.Failed(RefusalReason.WRONG_INTEGRITY);
                }
                Identity identity =
                        new Identity(kid, nameOf(key), signedWith, KeyAlgorithm.MD5, signed.answer(), expiry, 0);
                yield new Authentication.Passed(lasting(identity, expiry, now));
            }
        };
    }

    /**
     * The key the request is signed with: the token's, or of one of 160 bits the first 128, which is what coturn's
     * clients and servers take; null if it is neither.
     */
    private static @Nullable LongTermKey signingKey(TurnEvent.Request request, LongTermKey key) {
        if (MessageIntegrity.verify(request.message(), request.decoded().signed(), key)) {
            return key;
        }
        byte[] bytes = key.bytes();
        LongTermKey shorter = LongTermKey.ofBytes(Arrays.copyOf(bytes, SHORT_KEY_BYTES));
        boolean shortened = bytes.length == SHA1_KEY_BYTES
                && MessageIntegrity.verify(request.message(), request.decoded().signed(), shorter);
        return shortened ? shorter : null;
    }

    /** How the owner of an allocation that a token opened stands now: its lifetimes end with the token's. */
    static Authentication continued(Identity owner, Instant expiry, Instant now) {
        return now.isBefore(expiry)
                ? new Authentication.Passed(lasting(owner, expiry, now))
                : new Authentication.Failed(RefusalReason.EXPIRED_CREDENTIAL);
    }

    private static Identity lasting(Identity identity, Instant expiry, Instant now) {
        return identity.lasting(Math.max(1, Duration.between(now, expiry).toSeconds()));
    }

    private static String nameOf(LongTermKey key) {
        return NAME_PREFIX + key.fingerprint();
    }
}
