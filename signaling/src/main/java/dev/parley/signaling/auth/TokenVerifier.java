package dev.parley.signaling.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.parley.signaling.auth.Decision.Admitted;
import dev.parley.signaling.auth.Decision.Denied;
import dev.parley.signaling.core.Identity;
import dev.parley.signaling.core.TokenMark;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Verifies JSON Web Tokens (RFC 7519, with the advice of RFC 8725): size first, then the algorithm against those that
 * its key is good for, then the signature, and only then what the token says. May block, when its keys do.
 */
final class TokenVerifier {
    /** Characters of a token. */
    static final int MAX_LENGTH = 8192;

    /** However far away the end of a token is, its session is asked for another one after this. */
    static final Duration MAX_LIFETIME = Duration.ofDays(366);

    private static final int DOTS = 2;

    private final List<KeyRing> rings;
    private final TokenRules rules;
    private final InstantSource wallClock;

    /**
     * @param rings asked in order for the keys of a token
     */
    TokenVerifier(List<KeyRing> rings, TokenRules rules, InstantSource wallClock) {
        this.rings = List.copyOf(rings);
        this.rules = rules;
        this.wallClock = wallClock;
    }

    /** Never throws for what a stranger sends. */
    Decision verify(BearerToken token) {
        String text = token.text();
        if (text.length() > MAX_LENGTH) {
            return new Denied(DenyReason.TOO_LARGE);
        }
        if (text.chars().filter(character -> character == '.').count() != DOTS) {
            return new Denied(DenyReason.MALFORMED);
        }
        try {
            return verify(JWSObject.parse(text));
        } catch (ParseException | IllegalArgumentException malformed) {
            return new Denied(DenyReason.MALFORMED);
        }
    }

    private Decision verify(JWSObject token) throws ParseException {
        JWSHeader header = token.getHeader();
        TokenAlgorithm algorithm = TokenAlgorithm.find(header.getAlgorithm());
        if (algorithm == null) {
            return new Denied(DenyReason.ALGORITHM);
        }
        if (bringsItsOwnKey(header) || header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
            return new Denied(DenyReason.HEADER);
        }
        DenyReason reason = findRefusal(token, algorithm, header.getKeyID());
        if (reason != null) {
            return new Denied(reason);
        }
        Map<String, Object> claims = token.getPayload().toJSONObject();
        return claims == null ? new Denied(DenyReason.MALFORMED) : read(JWTClaimsSet.parse(claims));
    }

    private static boolean bringsItsOwnKey(JWSHeader header) {
        return header.getJWK() != null
                || header.getJWKURL() != null
                || header.getX509CertURL() != null
                || header.getX509CertChain() != null;
    }

    /** Null if one of the keys fits. */
    private @Nullable DenyReason findRefusal(JWSObject token, TokenAlgorithm algorithm, @Nullable String kid) {
        DenyReason reason = DenyReason.UNKNOWN_KEY;
        for (KeyRing ring : rings) {
            switch (ring.find(algorithm, kid)) {
                case KeyRing.Result.Missing(var missing) -> {
                    if (reason == DenyReason.UNKNOWN_KEY) {
                        reason = missing;
                    }
                }
                case KeyRing.Result.Found(var keys) -> {
                    if (keys.stream().anyMatch(key -> isSignedWith(token, key))) {
                        return null;
                    }
                    reason = DenyReason.SIGNATURE;
                }
            }
        }
        return reason;
    }

    private static boolean isSignedWith(JWSObject token, VerifyingKey key) {
        try {
            return token.getState() == JWSObject.State.VERIFIED || token.verify(key.verifier());
        } catch (JOSEException malformed) {
            return false;
        }
    }

    private Decision read(JWTClaimsSet claims) {
        Instant now = wallClock.instant();
        Date expires = claims.getExpirationTime();
        Date begins = claims.getNotBeforeTime();
        Duration lifetime = expires == null ? Duration.ZERO : lifetime(now, expires);
        if (lifetime.compareTo(Duration.ZERO) <= 0) {
            return new Denied(DenyReason.EXPIRED);
        }
        if (begins != null && begins.toInstant().isAfter(now.plus(rules.leeway()))) {
            return new Denied(DenyReason.NOT_YET_VALID);
        }
        if (rules.issuer() != null && !rules.issuer().equals(claims.getIssuer())) {
            return new Denied(DenyReason.ISSUER);
        }
        if (rules.audience() != null && !claims.getAudience().contains(rules.audience())) {
            return new Denied(DenyReason.AUDIENCE);
        }
        Identity identity = IdentityReader.find(claims.getClaims(), "sub", lifetime);
        return identity == null ? new Denied(DenyReason.CLAIMS) : new Admitted(identity.markedBy(markOf(claims)));
    }

    private static TokenMark markOf(JWTClaimsSet claims) {
        Date issued = claims.getIssueTime();
        return new TokenMark(
                claims.getJWTID(), issued == null ? -1 : issued.toInstant().getEpochSecond());
    }

    private Duration lifetime(Instant now, Date expires) {
        Instant latest = now.plus(MAX_LIFETIME);
        Instant end = expires.toInstant();
        return Duration.between(now, end.isAfter(latest) ? latest : end).plus(rules.leeway());
    }
}
