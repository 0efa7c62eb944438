package dev.parley.signaling.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the keys are that tokens are verified with. May block; called by the door's workers. */
interface KeyRing {

    /** What looking for a key gave. */
    sealed interface Result {
        /** To be tried in this order; at least one. */
        record Found(List<VerifyingKey> keys) implements Result {
            public Found {
                keys = List.copyOf(keys);
            }
        }

        /** No such key, or none at all. */
        record Missing(DenyReason reason) implements Result {}
    }

    /** The keys that a token signed so may have been signed with; {@code kid} is what it calls its key, if anything. */
    Result find(TokenAlgorithm algorithm, @Nullable String kid);
}
