package dev.parley.turn.users;

import dev.parley.ice.credential.KeyAlgorithm;
import dev.parley.ice.credential.LongTermKey;
import java.util.Map;

/**
 * A user who does not expire.
 *
 * @param name the USERNAME, prepared; also the one whom quotas mean
 * @param keys of the server's realm, one for each algorithm the user can be served with; at least one
 */
public record StaticUser(String name, Map<KeyAlgorithm, LongTermKey> keys) {
    public StaticUser {
        keys = Map.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a user without a key");
        }
    }
}
