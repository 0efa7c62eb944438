package dev.parley.turn.core;

import dev.parley.ice.credential.KeyAlgorithm;
import dev.parley.ice.credential.SecurityFeatures;
import dev.parley.ice.stun.attribute.Userhash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the relay; asked by the core on its event loops, so implementations answer at once (from memory, never
 * from a network) and from any thread.
 */
public interface Users {
    /**
     * What is known about the USERNAME of a request whose nonce was good; nothing about the sender is proven yet.
     *
     * @param algorithm how the keys have to be made
     */
    UserDecision find(String username, KeyAlgorithm algorithm);

    /** The username a USERHASH stands for (RFC 8489 section 14.4), or null if nobody's is known by this hash. */
    default @Nullable String findUsername(Userhash hash) {
        return null;
    }

    /**
     * What a challenge may offer to anybody, as it does not know who will answer: key algorithms that all users have
     * keys of, and anonymity only if every username can be found by its hash. It may change while the server runs.
     */
    default SecurityFeatures features() {
        return SecurityFeatures.of(List.of(KeyAlgorithm.SHA256, KeyAlgorithm.MD5), false);
    }

    /**
     * Whether the owner of an allocation may go on using it.
     *
     * @param username as it was when the allocation was made
     * @param name as {@link #find} gave it
     */
    Standing standing(String username, String name);

    /** How the owner of a live allocation stands now. */
    enum Standing {
        /** Credential or membership is good. */
        GOOD,
        /** The credential has expired, and nobody here knows whether its owner still has a right to it. */
        EXPIRED,
        /** The owner is known to have lost the right. */
        GONE
    }
}
