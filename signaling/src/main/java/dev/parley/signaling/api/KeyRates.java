package dev.parley.signaling.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How much each key or user of a token has had in this minute and on this day. Of more than are remembered the one that
 * asked longest ago is forgotten, so strangers cannot make it grow. Any thread.
 */
final class KeyRates {
    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long DAY_NANOS = TimeUnit.DAYS.toNanos(1);

    private final int most;
    private final LongSupplier nanoClock;
    private final Map<String, Counts> countsByName = new LinkedHashMap<>(16, 0.75f, true);

    /** What was counted since a moment. */
    private record Window(long sinceNanos, int count) {
        Window at(long nowNanos, long lengthNanos) {
            return nowNanos - sinceNanos >= lengthNanos ? new Window(nowNanos, 0) : this;
        }

        Window plusOne() {
            return new Window(sinceNanos, count + 1);
        }

        long secondsLeft(long nowNanos, long lengthNanos) {
            long leftNanos = lengthNanos - (nowNanos - sinceNanos);
            return (leftNanos + TimeUnit.SECONDS.toNanos(1) - 1) / TimeUnit.SECONDS.toNanos(1);
        }
    }

    private record Counts(Window minute, Window day) {}

    /** What became of asking for one more. */
    sealed interface Result {
        /** It was given. */
        enum Taken implements Result {
            TAKEN
        }

        /** Nothing was given, and nothing will be before these seconds have passed. */
        record Over(ApiProblem problem, long seconds) implements Result {}
    }

    /** @param most names that are remembered */
    KeyRates(int most, LongSupplier nanoClock) {
        this.most = most;
        this.nanoClock = nanoClock;
    }

    /** Takes one, if one is left. */
    synchronized Result take(String name, int perMinute, int perDay) {
        long nowNanos = nanoClock.getAsLong();
        Counts before = countsByName.get(name);
        Window minute = before == null ? new Window(nowNanos, 0) : before.minute.at(nowNanos, MINUTE_NANOS);
        Window day = before == null ? new Window(nowNanos, 0) : before.day.at(nowNanos, DAY_NANOS);
        if (day.count >= perDay) {
            return new Result.Over(ApiProblem.QUOTA, day.secondsLeft(nowNanos, DAY_NANOS));
        }
        if (minute.count >= perMinute) {
            return new Result.Over(ApiProblem.TOO_MANY, minute.secondsLeft(nowNanos, MINUTE_NANOS));
        }
        countsByName.put(name, new Counts(minute.plusOne(), day.plusOne()));
        if (countsByName.size() > most) {
            countsByName.remove(countsByName.keySet().iterator().next());
        }
        return Result.Taken.TAKEN;
    }
}
