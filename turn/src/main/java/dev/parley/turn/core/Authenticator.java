package dev.parley.turn.core;

import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.credential.NonceIssuer;
import dev.parley.ice.credential.NonceState;
import dev.parley.ice.stun.IntegrityAlgorithm;
import dev.parley.ice.stun.MessageIntegrity;
import dev.parley.ice.stun.SignedLengths;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.Nonce;
import dev.parley.ice.stun.attribute.Realm;
import dev.parley.ice.stun.attribute.Username;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
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

    Authenticator(TurnSettings settings, Users users, NonceIssuer nonces, InstantSource wallClock) {
        this.realm = settings.realm();
        this.maxExpiredAge = settings.limits().maxExpiredAge();
        this.users = users;
        this.nonces = nonces;
        this.wallClock = wallClock;
    }

    /**
     * The checks in the RFC's order; the first failure answers.
     *
     * @param allocation what the client has here, or null
     */
    Authentication authenticate(TurnEvent.Request request, @Nullable Allocation allocation, long nowNanos) {
        SignedLengths signed = request.decoded().signed();
        if (integrityOf(signed) == null) {
            return new Authentication.Failed(RefusalReason.UNSIGNED);
        }
        Username username = request.decoded().message().find(Username.class);
        Realm givenRealm = request.decoded().message().find(Realm.class);
        Nonce nonce = request.decoded().message().find(Nonce.class);
        if (username == null || givenRealm == null || nonce == null) {
            return new Authentication.Failed(RefusalReason.INCOMPLETE_CREDENTIALS);
        }
        NonceState freshness = nonces.check(nonce.value(), request.client().address(), wallClock.instant());
        if (freshness != NonceState.VALID) {
            return new Authentication.Failed(
                    freshness == NonceState.STALE ? RefusalReason.STALE_NONCE : RefusalReason.FORGED_NONCE);
        }
        if (!givenRealm.value().equals(realm)) {
            return new Authentication.Failed(RefusalReason.OTHER_REALM);
        }
        return allocation != null && mayContinue(request, allocation, username)
                ? continueWith(request, allocation, nowNanos)
                : lookUp(request, username.value());
    }

    /** REALM and a fresh NONCE, which belong into every 401 and 438 (RFC 8489 section 9.2.4). */
    Attribute[] challenge(ClientKey client) {
        return new Attribute[] {new Realm(realm), new Nonce(nonces.issue(client.address(), wallClock.instant()))};
    }

    /**
     * True where the allocation's own key decides: that it was good once is settled, whatever its credential says
     * today.
     */
    private static boolean mayContinue(TurnEvent.Request request, Allocation allocation, Username username) {
        return request.decoded().message().method() != StunMethod.ALLOCATE
                && allocation.username().equals(username.value());
    }

    private Authentication continueWith(TurnEvent.Request request, Allocation allocation, long nowNanos) {
        if (!isSignedWith(request, allocation.key())) {
            return new Authentication.Failed(RefusalReason.WRONG_INTEGRITY);
        }
        return switch (users.standing(allocation.username(), allocation.name())) {
            case GOOD -> passed(request, allocation.username(), allocation.name(), allocation.key());
            case EXPIRED ->
                nowNanos - allocation.createdNanos() < maxExpiredAge.toNanos()
                        ? passed(request, allocation.username(), allocation.name(), allocation.key())
                        : new Authentication.Failed(RefusalReason.EXPIRED_CREDENTIAL);
            case GONE -> new Authentication.Failed(RefusalReason.MEMBER_GONE);
        };
    }

    private Authentication lookUp(TurnEvent.Request request, String username) {
        return switch (users.find(username)) {
            case UserDecision.Unknown() -> new Authentication.Failed(RefusalReason.UNKNOWN_USER);
            case UserDecision.Expired() -> new Authentication.Failed(RefusalReason.EXPIRED_CREDENTIAL);
            case UserDecision.Gone() -> new Authentication.Failed(RefusalReason.MEMBER_GONE);
            case UserDecision.Known(String name, List<LongTermKey> keys) -> {
                for (LongTermKey key : keys) {
                    if (isSignedWith(request, key)) {
                        yield passed(request, username, name, key);
                    }
                }
                yield new Authentication.Failed(RefusalReason.WRONG_INTEGRITY);
            }
        };
    }

    private static boolean isSignedWith(TurnEvent.Request request, LongTermKey key) {
        return MessageIntegrity.verify(request.message(), request.decoded().signed(), key);
    }

    private static Authentication passed(TurnEvent.Request request, String username, String name, LongTermKey key) {
        IntegrityAlgorithm integrity = integrityOf(request.decoded().signed());
        return new Authentication.Passed(
                new Identity(username, name, key, integrity == null ? IntegrityAlgorithm.SHA1 : integrity));
    }

    /** The answer is signed as the request was; the stronger attribute decides. */
    private static @Nullable IntegrityAlgorithm integrityOf(SignedLengths signed) {
        if (signed.sha256Offset() >= 0) {
            return IntegrityAlgorithm.SHA256;
        }
        return signed.sha1Offset() >= 0 ? IntegrityAlgorithm.SHA1 : null;
    }
}
