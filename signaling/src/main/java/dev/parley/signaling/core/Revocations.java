package dev.parley.signaling.core;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Which tokens count no more, although their end has not come. Immutable; any thread. */
public final class Revocations {
    /** All tokens count. */
    public static final Revocations NONE = new Revocations(Set.of(), Map.of());

    private final Set<String> tokenIds;
    private final Map<UserId, Long> beforeByUser;

    /**
     * @param tokenIds of single tokens
     * @param beforeByUser whose tokens count only if they say that they were issued at this time or later, in seconds
     * since 1970
     */
    public Revocations(Collection<String> tokenIds, Map<UserId, Long> beforeByUser) {
        this.tokenIds = new LinkedHashSet<>(tokenIds);
        this.beforeByUser = new LinkedHashMap<>(beforeByUser);
    }

    /** Whether whoever came as this has to go. */
    public boolean cover(Identity identity) {
        TokenMark token = identity.token();
        if (token.id() != null && tokenIds.contains(token.id())) {
            return true;
        }
        Long before = identity.user() == null ? null : beforeByUser.get(identity.user());
        return before != null && token.issuedSeconds() < before;
    }

    /** How many entries there are. */
    public int size() {
        return tokenIds.size() + beforeByUser.size();
    }
}
