package dev.parley.server;

import dev.parley.signaling.api.ApiKey;
import dev.parley.signaling.api.ApiKeys;
import dev.parley.signaling.api.ApiName;
import dev.parley.signaling.api.ApiRevocations;
import dev.parley.turn.core.RevokedNames;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Relay users who have their credentials from the API: whose count, and who has allocations, so that these can be ended
 * when a user or a whole key is revoked. Any thread.
 */
final class ApiUsers implements ApiRevocations, RevokedNames {
    private final ApiKeys keys;
    private final boolean tokens;
    private final int mostRevoked;
    private final Consumer<String> revocation;
    private final LongSupplier nanoClock;
    private final Map<ApiName, Long> revokedUntilNanos = new ConcurrentHashMap<>();
    /** Live allocations of each name; bounded by the quota of all allocations. */
    private final Map<ApiName, Integer> allocationsByName = new ConcurrentHashMap<>();

    /**
     * @param tokens whether those of token holders count
     * @param revocation ends the allocations of a name
     */
    ApiUsers(ApiKeys keys, boolean tokens, int mostRevoked, Consumer<String> revocation, LongSupplier nanoClock) {
        this.keys = keys;
        this.tokens = tokens;
        this.mostRevoked = mostRevoked;
        this.revocation = revocation;
        this.nanoClock = nanoClock;
    }

    @Override
    public boolean isRevoked(String name) {
        if (!ApiName.isOne(name)) {
            return false;
        }
        ApiName user = ApiName.find(name);
        return user == null || !mayAsk(user) || isRevoked(user);
    }

    private boolean mayAsk(ApiName user) {
        return user.keyId().isEmpty() ? tokens : keys.has(user.keyId());
    }

    @Override
    public boolean isRevoked(ApiName user) {
        return isKept(user) || (user.roomTag() != null && isKept(user.owner()));
    }

    private boolean isKept(ApiName revoked) {
        Long untilNanos = revokedUntilNanos.get(revoked);
        return untilNanos != null && nanoClock.getAsLong() - untilNanos < 0;
    }

    @Override
    public synchronized boolean revoke(ApiName user, Duration atLeast) {
        long nowNanos = nanoClock.getAsLong();
        if (revokedUntilNanos.size() >= mostRevoked) {
            revokedUntilNanos.values().removeIf(untilNanos -> nowNanos - untilNanos >= 0);
        }
        if (revokedUntilNanos.size() >= mostRevoked && !revokedUntilNanos.containsKey(user)) {
            return false;
        }
        // A second more than its credentials can live, as these are cut to whole seconds of another clock.
        revokedUntilNanos.put(user, nowNanos + atLeast.plusSeconds(1).toNanos());
        end(name -> name.equals(user) || name.owner().equals(user));
        return true;
    }

    /** Somebody was sent out of the room of this name: its allocations end, whether or not the name can be kept. */
    void sentOut(ApiName user, Duration longest) {
        if (!revoke(user, longest)) {
            end(user::equals);
        }
    }

    /** From now on these keys count; what the users of others relay ends. Returns the ids that are gone. */
    Set<String> keysAre(List<ApiKey> next) {
        Set<String> gone = new HashSet<>(keys.ids());
        keys.replace(next);
        gone.removeIf(keys::has);
        if (!gone.isEmpty()) {
            end(name -> gone.contains(name.keyId()));
        }
        return gone;
    }

    private void end(Predicate<ApiName> which) {
        allocationsByName.keySet().stream().filter(which).map(ApiName::text).forEach(revocation);
    }

    /** An allocation has come to life. */
    void allocationOpened(String name) {
        ApiName user = ApiName.find(name);
        if (user == null) {
            return;
        }
        allocationsByName.merge(user, 1, Integer::sum);
        if (isRevoked(name)) {
            revocation.accept(name); // its request was under way when the right was lost
        }
    }

    /** One has ended. */
    void allocationEnded(String name) {
        ApiName user = ApiName.find(name);
        if (user != null) {
            allocationsByName.computeIfPresent(user, (key, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Users with allocations. */
    int live() {
        return allocationsByName.size();
    }
}
