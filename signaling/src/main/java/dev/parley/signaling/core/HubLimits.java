package dev.parley.signaling.core;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A value for every {@link HubLimit}; immutable. */
public final class HubLimits {
    private static final HubLimits DEFAULTS = new HubLimits(Map.of());

    private final Map<HubLimit, Integer> valueByLimit = new EnumMap<>(HubLimit.class);

    private HubLimits(Map<HubLimit, Integer> valueByLimit) {
        for (HubLimit limit : HubLimit.values()) {
            int value = valueByLimit.getOrDefault(limit, limit.defaultValue());
            if (value < limit.min() || value > limit.max()) {
                throw new IllegalArgumentException(
                        limit.key() + " must be from " + limit.min() + " to " + limit.max() + ", not " + value);
            }
            this.valueByLimit.put(limit, value);
        }
    }

    public static HubLimits defaults() {
        return DEFAULTS;
    }

    /**
     * The given values, and the defaults for all others.
     *
     * @throws IllegalArgumentException naming the key, if a value is out of its range
     */
    public static HubLimits of(Map<HubLimit, Integer> valueByLimit) {
        return new HubLimits(valueByLimit);
    }

    /** The same limits but for one. */
    public HubLimits with(HubLimit limit, int value) {
        Map<HubLimit, Integer> changed = new EnumMap<>(valueByLimit);
        changed.put(limit, value);
        return new HubLimits(changed);
    }

    public int of(HubLimit limit) {
        Integer value = valueByLimit.get(limit);
        return value == null ? limit.defaultValue() : value;
    }

    /** A limit counted in seconds, in nanoseconds. */
    public long nanos(HubLimit limit) {
        return TimeUnit.SECONDS.toNanos(of(limit));
    }
}
