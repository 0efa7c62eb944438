package dev.parley.turn.core;

import dev.parley.ice.credential.LongTermKey;
import java.util.List;

/** What {@link Users} knows about a USERNAME. */
public sealed interface UserDecision {

    /**
     * A user who may allocate.
     *
     * @param name whom quotas, scope and revocation mean: the USERNAME without its expiry time
     * @param keys the keys that may have signed the request, the likeliest first; more than one while secrets rotate
     */
    record Known(String name, List<LongTermKey> keys) implements UserDecision {
        public Known {
            keys = List.copyOf(keys);
        }
    }

    /** The credential was good once. */
    record Expired() implements UserDecision {}

    /** Its owner is no longer (or not yet) a member of any room. */
    record Gone() implements UserDecision {}

    /** No such user. */
    record Unknown() implements UserDecision {}
}
