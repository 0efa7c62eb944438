package dev.parley.turn.users;

import dev.parley.ice.credential.MintedCredential;
import dev.parley.ice.stun.attribute.Userhash;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The usernames of credentials that this process issued itself, by their hashes, until they expire. Names that others
 * make with the shared secret are not here, so nobody can be found by the hash of one. Any thread may call.
 */
public final class IssuedUsernames {
    private final String realm;
    private final int most;
    private final Map<Userhash, MintedCredential> byHash = new HashMap<>();
    private final Queue<Userhash> oldestFirst = new ArrayDeque<>();

    /** @param most how many are remembered; the oldest make room */
    public IssuedUsernames(String realm, int most) {
        this.realm = realm;
        this.most = most;
    }

    public synchronized void issued(MintedCredential credential) {
        Userhash hash = Userhash.of(credential.username(), realm);
        if (byHash.put(hash, credential) == null) {
            oldestFirst.add(hash);
        }
        while (oldestFirst.size() > most) {
            byHash.remove(oldestFirst.remove());
        }
    }

    /** The username, or null if it is not known or has expired. */
    public synchronized @Nullable String find(Userhash hash, Instant now) {
        MintedCredential credential = byHash.get(hash);
        return credential != null && credential.expiry().isAfter(now) ? credential.username() : null;
    }
}
