package dev.parley.signaling.auth;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A key set that lives elsewhere. It is had again when it has become old, and when a token names a key that is not in
 * it, but never more often than once in a while; if it cannot be had, the last good one counts on. Any thread; one
 * fetches, and others wait for that only if they have no key.
 */
final class CachedKeySet implements KeyRing {
    private static final Logger LOG = LoggerFactory.getLogger(CachedKeySet.class);

    private final Source source;
    private final long refreshNanos;
    private final long retryNanos;
    private final LongSupplier nanoClock;
    private final ReentrantLock fetching = new ReentrantLock();

    /** Written by who holds the lock. */
    private volatile State state = new State(null, 0, 0, false);

    /** Where the key set is; blocks. */
    @FunctionalInterface
    interface Source {
        String fetch() throws IOException, InterruptedException;
    }

    private record State(@Nullable KeySet keys, long fetchedNanos, long triedNanos, boolean tried) {}

    /**
     * @param refresh after which the set is had again
     * @param retry the least time between two attempts
     */
    CachedKeySet(Source source, Duration refresh, Duration retry, LongSupplier nanoClock) {
        this.source = source;
        this.refreshNanos = refresh.toNanos();
        this.retryNanos = retry.toNanos();
        this.nanoClock = nanoClock;
    }

    @Override
    public Result find(TokenAlgorithm algorithm, @Nullable String kid) {
        KeySet known = state.keys();
        if (known != null && nanoClock.getAsLong() - state.fetchedNanos() >= refreshNanos) {
            refreshUnlessOtherDoes();
            known = state.keys();
        }
        List<VerifyingKey> found = known == null ? List.of() : known.matching(algorithm, kid);
        if (found.isEmpty()) {
            refresh();
            known = state.keys();
            found = known == null ? List.of() : known.matching(algorithm, kid);
        }
        if (found.isEmpty()) {
            return new Result.Missing(known == null ? DenyReason.NO_KEYS : DenyReason.UNKNOWN_KEY);
        }
        return new Result.Found(found);
    }

    private void refreshUnlessOtherDoes() {
        if (fetching.tryLock()) {
            try {
                fetch();
            } finally {
                fetching.unlock();
            }
        }
    }

    private void refresh() {
        fetching.lock();
        try {
            fetch();
        } finally {
            fetching.unlock();
        }
    }

    private void fetch() {
        long nowNanos = nanoClock.getAsLong();
        State before = state;
        if (before.tried() && nowNanos - before.triedNanos() < retryNanos) {
            return;
        }
        KeySet fresh = null;
        try {
            fresh = KeySet.find(source.fetch());
            if (fresh == null) {
                LOG.warn("the key set for tokens holds no key that can be used; {}", consequence(before));
            }
        } catch (IOException e) {
            LOG.warn("the key set for tokens cannot be had: {}; {}", e.toString(), consequence(before));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        state = fresh == null
                ? new State(before.keys(), before.fetchedNanos(), nowNanos, true)
                : new State(fresh, nowNanos, nowNanos, true);
    }

    private static String consequence(State before) {
        return before.keys() == null ? "nobody with a token is let in" : "the last good one counts on";
    }
}
