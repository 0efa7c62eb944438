package dev.parley.turn.quota;

import dev.parley.turn.core.BandwidthShare;
import dev.parley.turn.core.DropReason;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Counts relayed bytes over all event loops. Any thread may call, also to change the limits; a share is used by the
 * event loop of its allocation. A user without allocations is forgotten, so nothing grows for good.
 */
final class SharedBandwidth {
    private static final int SLOTS = 4096;

    private final ConcurrentHashMap<String, User> userByName = new ConcurrentHashMap<>();
    /** What users took shortly before their last allocation ended: a new one must not bring a new burst. */
    private final AtomicLongArray emptyAtBySlot = new AtomicLongArray(SLOTS);

    private final SharedBucket total = new SharedBucket(0);
    private volatile Rates rates;

    SharedBandwidth(BandwidthLimits limits) {
        rates = Rates.of(limits);
    }

    private record Rates(ByteRate perAllocation, ByteRate perUser, ByteRate total) {
        static Rates of(BandwidthLimits limits) {
            return new Rates(
                    ByteRate.of(limits.perAllocation()), ByteRate.of(limits.perUser()), ByteRate.of(limits.total()));
        }
    }

    /** From the next packet on. */
    void changeLimits(BandwidthLimits limits) {
        rates = Rates.of(limits);
    }

    /** The share of a new allocation. */
    BandwidthShare open(String name) {
        User user = userByName.compute(name, (key, known) -> {
            User one = known == null ? new User(emptyAtBySlot.get(slot(key))) : known;
            one.shares++;
            return one;
        });
        return new Share(name, user);
    }

    /** Users who have a share now. */
    int users() {
        return userByName.size();
    }

    /** Users who share a slot lose at most a burst to each other. */
    private static int slot(String name) {
        return name.hashCode() & (SLOTS - 1);
    }

    private static final class User {
        final SharedBucket bucket;
        /** Changes only while the map computes this user's entry. */
        int shares;

        User(long emptyAtNanos) {
            bucket = new SharedBucket(emptyAtNanos);
        }
    }

    private final class Share implements BandwidthShare {
        private final String name;
        private final User user;
        private final SharedBucket own = new SharedBucket(0);

        Share(String name, User user) {
            this.name = name;
            this.user = user;
        }

        @Override
        public @Nullable DropReason tryTake(int payloadBytes, long nowNanos) {
            Rates now = rates;
            if (!own.tryTake(now.perAllocation, payloadBytes, nowNanos)) {
                return DropReason.ALLOCATION_BANDWIDTH;
            }
            if (!user.bucket.tryTake(now.perUser, payloadBytes, nowNanos)) {
                own.giveBack(now.perAllocation, payloadBytes);
                return DropReason.USER_BANDWIDTH;
            }
            if (!total.tryTake(now.total, payloadBytes, nowNanos)) {
                own.giveBack(now.perAllocation, payloadBytes);
                user.bucket.giveBack(now.perUser, payloadBytes);
                return DropReason.TOTAL_BANDWIDTH;
            }
            return null;
        }

        @Override
        public long charge(int bytes, long nowNanos) {
            Rates now = rates;
            long ownNanos = own.charge(now.perAllocation, bytes, nowNanos);
            long userNanos = user.bucket.charge(now.perUser, bytes, nowNanos);
            long totalNanos = total.charge(now.total, bytes, nowNanos);
            return Math.max(ownNanos, Math.max(userNanos, totalNanos));
        }

        @Override
        public void close() {
            userByName.computeIfPresent(name, (key, known) -> {
                known.shares--;
                if (known.shares > 0) {
                    return known;
                }
                emptyAtBySlot.accumulateAndGet(slot(key), known.bucket.emptyAtNanos(), Math::max);
                return null;
            });
        }
    }
}
