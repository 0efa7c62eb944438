package dev.parley.turn.core;

/** The one hash function of the data path's tables. */
final class Hashing {
    private Hashing() {}

    /**
     * Mixes an address and a number with a secret, so that nobody can aim at one slot; the finaliser is SplitMix64's.
     */
    static int mix(long secret, long high, long low, int number) {
        long z = (secret ^ low) * 0x9E3779B97F4A7C15L + high;
        z = (z ^ (z >>> 32)) * 0xBF58476D1CE4E5B9L + number;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (int) (z ^ (z >>> 31));
    }
}
