package dev.parley.signaling.api;

import dev.parley.signaling.core.Grant;
import dev.parley.signaling.core.Identity;
import dev.parley.signaling.core.RoomName;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is to get a credential, and on which terms.
 *
 * @param keyId empty for the holder of a token
 * @param user whom its credentials are for; null: whom it says
 * @param ttl of a credential for which none is asked
 * @param roomBound whether its credentials must be for a room
 * @param identity of the holder of a token; null for a key, which may name any room
 */
record Grantee(
        String keyId,
        @Nullable String user,
        Duration ttl,
        Duration maxTtl,
        int perMinute,
        int perDay,
        boolean roomBound,
        @Nullable Identity identity) {
    private static final int MINUTES_OF_A_DAY = 1440;

    static Grantee of(ApiKey key) {
        return new Grantee(
                key.id(), null, key.ttl(), key.maxTtl(), key.perMinute(), key.perDay(), key.roomBound(), null);
    }

    /**
     * The holder of a token, whose credentials do not outlive it.
     *
     * @param tokenTag names those whose token names no user
     */
    static Grantee of(Identity identity, String tokenTag, TokenTerms terms) {
        Duration left = identity.lifetime();
        Duration ttl = left == null || left.compareTo(terms.ttl()) > 0 ? terms.ttl() : left;
        String user =
                identity.user() == null ? tokenTag : ApiName.tag(identity.user().value());
        int perMinute = terms.perMinute();
        return new Grantee("", user, ttl, ttl, perMinute, perMinute * MINUTES_OF_A_DAY, true, identity);
    }

    /** Under which name its rate is kept. */
    String rateName() {
        return keyId + ":" + (user == null ? "" : user);
    }

    boolean mayJoin(RoomName room) {
        return identity == null || identity.findGrant(room) != null;
    }

    /** The room of a token for one room, which need not be said; null otherwise. */
    @Nullable
    RoomName onlyRoom() {
        List<Grant> grants = identity == null ? List.of() : identity.grants();
        return grants.size() == 1 && !grants.getFirst().prefix()
                ? RoomName.find(grants.getFirst().name())
                : null;
    }
}
