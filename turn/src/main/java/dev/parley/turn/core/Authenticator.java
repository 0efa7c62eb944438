package dev.parley.turn.core;

import dev.parley.ice.credential.KeyAlgorithm;
import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.credential.NonceIssuer;
import dev.parley.ice.credential.NonceState;
import dev.parley.ice.credential.OpaqueString;
import dev.parley.ice.credential.SecurityFeatures;
import dev.parley.ice.stun.MessageIntegrity;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.AccessToken;
import dev.parley.ice.stun.attribute.Nonce;
import dev.parley.ice.stun.attribute.Realm;
import dev.parley.ice.stun.attribute.Userhash;
import dev.parley.ice.stun.attribute.Username;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The long-term credential mechanism (RFC 8489 section 9.2.4). Keeps nothing: the nonce proves by itself that the
 * sender lives at its address, and only then are a key derived and the message's HMAC computed.
 */
final class Authenticator {
    private final String realm;
    private final Duration maxExpiredAge;
    private final Users users;
    private final NonceIssuer nonces;
    private final InstantSource wallClock;
    private final TokenGrants grants;

    Authenticator(TurnSettings settings, Users users, NonceIssuer nonces, InstantSource wallClock) {
        this.realm = settings.realm();
        this.maxExpiredAge = settings.limits().maxExpiredAge();
        this.users = users;
        this.nonces = nonces;
        this.wallClock = wallClock;
        this.grants = new TokenGrants(settings.extensions().accessTokens());
    }

    /**
     * The checks in the RFC's order; the first failure answers. One stands elsewhere than in the RFC: a nonce that was
     * never ours costs its sender everything and us one HMAC, so it comes first. One that was ours and is too old is
     * found out last.
     *
     * @param allocation what the client has here, or null
     */
    Authentication authenticate(TurnEvent.Request request, @Nullable Allocation allocation, long nowNanos) {
        StunMessage message = request.decoded().message();
        if (!request.decoded().signed().isSigned()) {
            return new Authentication.Failed(RefusalReason.UNSIGNED);
        }
        Realm givenRealm = message.find(Realm.class);
        Nonce nonce = message.find(Nonce.class);
        boolean named = message.has(Username.class) || message.has(Userhash.class);
        if (!named || givenRealm == null || nonce == null) {
            return new Authentication.Failed(RefusalReason.INCOMPLETE_CREDENTIALS);
        }
        SecurityFeatures features = users.features();
        NonceState freshness = nonces.check(nonce.value(), request.client().address(), wallClock.instant(), features);
        if (freshness == NonceState.FORGED) {
            return new Authentication.Failed(RefusalReason.FORGED_NONCE);
        }
        KeyNegotiation negotiation = KeyNegotiation.of(request.decoded(), nonce.value(), features);
        if (negotiation == null) {
            return new Authentication.Failed(RefusalReason.PASSWORD_ALGORITHM);
        }
        if (!givenRealm.value().equals(realm)) {
            return new Authentication.Failed(RefusalReason.OTHER_REALM);
        }
        Authentication result = identify(request, negotiation, allocation, nowNanos);
        return result instanceof Authentication.Passed && freshness == NonceState.STALE
                ? new Authentication.Failed(RefusalReason.STALE_NONCE)
                : result;
    }

    private Authentication identify(
            TurnEvent.Request request, KeyNegotiation negotiation, @Nullable Allocation allocation, long nowNanos) {
        String username = usernameOf(request.decoded().message(), allocation);
        if (username == null || !OpaqueString.isPrepared(username)) {
            return new Authentication.Failed(RefusalReason.UNKNOWN_USER);
        }
        AccessToken token = request.decoded().message().find(AccessToken.class);
        if (token != null && grants.areTaken()) {
            return grants.redeem(request, username, token, negotiation, wallClock.instant());
        }
        return allocation != null && mayContinue(request, allocation, username, negotiation)
                ? continueWith(request, allocation, negotiation, nowNanos)
                : lookUp(request, username, negotiation);
    }

    /** The name in clear, or the one a hash stands for: first that of the allocation's owner, who is likeliest. */
    private @Nullable String usernameOf(StunMessage message, @Nullable Allocation allocation) {
        Username username = message.find(Username.class);
        if (username != null) {
            return username.value();
        }
        Userhash hash = message.find(Userhash.class);
        if (hash == null) {
            return null;
        }
        if (allocation != null) {
            String owner = allocation.owner().username();
            if (Userhash.of(owner, realm).equals(hash)) {
                return owner;
            }
        }
        return users.findUsername(hash);
    }

    /**
     * True where the allocation's own key decides: that it was good once is settled, whatever its credential says
     * today.
     */
    private static boolean mayContinue(
            TurnEvent.Request request, Allocation allocation, String username, KeyNegotiation negotiation) {
        return request.decoded().message().method() != StunMethod.ALLOCATE
                && allocation.owner().username().equals(username)
                && allocation.owner().algorithm() == negotiation.algorithm();
    }

    private Authentication continueWith(
            TurnEvent.Request request, Allocation allocation, KeyNegotiation negotiation, long nowNanos) {
        Identity owner = allocation.owner();
        if (!isSignedWith(request, owner.key())) {
            return new Authentication.Failed(RefusalReason.WRONG_INTEGRITY);
        }
        Identity answered = owner.answeredWith(negotiation.answer());
        Instant tokenExpiry = owner.tokenExpiry();
        if (tokenExpiry != null) {
            return TokenGrants.continued(answered, tokenExpiry, wallClock.instant());
        }
        Authentication passed = new Authentication.Passed(answered);
        return switch (users.standing(owner.username(), owner.name())) {
            case GOOD -> passed;
            case EXPIRED ->
                nowNanos - allocation.createdNanos() < maxExpiredAge.toNanos()
                        ? passed
                        : new Authentication.Failed(RefusalReason.EXPIRED_CREDENTIAL);
            case GONE -> new Authentication.Failed(RefusalReason.MEMBER_GONE);
        };
    }

    private Authentication lookUp(TurnEvent.Request request, String username, KeyNegotiation negotiation) {
        KeyAlgorithm algorithm = negotiation.algorithm();
        return switch (users.find(username, algorithm)) {
            case UserDecision.Unknown() -> new Authentication.Failed(RefusalReason.UNKNOWN_USER);
            case UserDecision.Expired() -> new Authentication.Failed(RefusalReason.EXPIRED_CREDENTIAL);
            case UserDecision.Gone() -> new Authentication.Failed(RefusalReason.MEMBER_GONE);
            case UserDecision.Known known -> {
                for (LongTermKey key : known.keys()) {
                    if (isSignedWith(request, key)) {
                        yield new Authentication.Passed(
                                new Identity(username, known.name(), key, algorithm, negotiation.answer()));
                    }
                }
                yield new Authentication.Failed(RefusalReason.WRONG_INTEGRITY);
            }
        };
    }

    /** A shortened SHA-256 does not count: RFC 8489 section 14.6 wants the usage to allow it, and TURN does not. */
    private static boolean isSignedWith(TurnEvent.Request request, LongTermKey key) {
        return MessageIntegrity.verify(request.message(), request.decoded().signed(), key);
    }
}
