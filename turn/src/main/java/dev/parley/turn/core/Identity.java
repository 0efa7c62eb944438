package dev.parley.turn.core;

import dev.parley.ice.credential.KeyAlgorithm;
import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.stun.IntegrityAlgorithm;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who signed a request.
 *
 * @param username as sent in USERNAME or meant by USERHASH
 * @param name whom quotas, scope and revocation mean; all requests of an allocation must come from the same one
 * @param key what the request was signed with, and the answer will be
 * @param algorithm that made the key
 * @param integrity how the answer is signed
 * @param tokenExpiry when the access token ends that let the sender in, or null if it was a password
 * @param mostSeconds what lifetimes may not exceed; Long.MAX_VALUE if only the usual limits count
 */
record Identity(
        String username,
        String name,
        LongTermKey key,
        KeyAlgorithm algorithm,
        IntegrityAlgorithm integrity,
        @Nullable Instant tokenExpiry,
        long mostSeconds) {

    /** Somebody with a password. */
    Identity(String username, String name, LongTermKey key, KeyAlgorithm algorithm, IntegrityAlgorithm integrity) {
        this(username, name, key, algorithm, integrity, null, Long.MAX_VALUE);
    }

    Identity answeredWith(IntegrityAlgorithm answer) {
        return new Identity(username, name, key, algorithm, answer, tokenExpiry, mostSeconds);
    }

    Identity lasting(long seconds) {
        return new Identity(username, name, key, algorithm, integrity, tokenExpiry, seconds);
    }

    /** Whom a reserved port waits for: the user, or for tokens, which name nobody, whoever has one in force. */
    String reserver() {
        return tokenExpiry == null ? name : TokenGrants.NAME_PREFIX;
    }

    /** The same person under the name that quotas count since the allocation was made. */
    Identity named(String accountedName) {
        return new Identity(username, accountedName, key, algorithm, integrity, tokenExpiry, mostSeconds);
    }

    /**
     * Whether this is who may go on with what the owner has: somebody of the same name, or for tokens, which name
     * nobody, whoever holds one in force at the same 5-tuple (RFC 7635 section 9).
     */
    boolean mayContinueFor(Identity owner) {
        return name.equals(owner.name) || (tokenExpiry != null && owner.tokenExpiry != null);
    }

    /**
     * Whether this is who may take what the owner has to another 5-tuple (RFC 8016 section 3.2.2). Tokens name nobody,
     * so it has to be the owner's own.
     */
    boolean mayMoveFor(Identity owner) {
        return name.equals(owner.name) && (owner.tokenExpiry == null || key.equals(owner.key));
    }
}
