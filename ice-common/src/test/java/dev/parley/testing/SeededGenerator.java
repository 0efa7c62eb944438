package dev.parley.testing;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Random input for property tests that can be had again: every failure names the seed of its run.
 *
 * <p>{@code -Dparley.runs=50} multiplies the number of runs, {@code -Dparley.seed=random} starts somewhere new instead
 * of at the same seeds as ever, and {@code -Dparley.seed=123} does the one run of that seed.
 */
public final class SeededGenerator {
    private static final String SEED = System.getProperty("parley.seed", "");
    private static final long RUNS_FACTOR = Long.getLong("parley.runs", 1L);

    private final long seed;
    private final SplittableRandom random;

    public SeededGenerator(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** Calls the property with {@code runs} generators of different seeds; a failure says which seed it was. */
    public static void forAll(int runs, Consumer<SeededGenerator> property) {
        if (!SEED.isEmpty() && !SEED.equals("random")) {
            runWith(Long.parseLong(SEED), property);
            return;
        }
        long first = SEED.isEmpty() ? 1 : new SplittableRandom().nextLong();
        for (long run = 0; run < runs * RUNS_FACTOR; run++) {
            runWith(first + run, property);
        }
    }

    private static void runWith(long seed, Consumer<SeededGenerator> property) {
        try {
            property.accept(new SeededGenerator(seed));
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError(
                    "with seed " + seed + " (again: -Dparley.seed=" + seed + "): " + failure.getMessage(), failure);
        }
    }

    public long seed() {
        return seed;
    }

    /** For code under test that wants a source of randomness of its own; repeatable as everything here. */
    public RandomGenerator random() {
        return random.split();
    }

    public int nextInt() {
        return random.nextInt();
    }

    public long nextLong() {
        return random.nextLong();
    }

    /** From 0 to {@code bound - 1}. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** From {@code lowest} to {@code highest}, both included. */
    public int between(int lowest, int highest) {
        return random.nextInt(lowest, highest + 1);
    }

    /** True in {@code percent} of a hundred cases. */
    public boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    public <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    public final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A word of lower case letters, from 1 to {@code longest} of them. */
    public String word(int longest) {
        return random.ints(between(1, longest), 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
