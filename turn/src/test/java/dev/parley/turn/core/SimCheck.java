package dev.parley.turn.core;

import org.jspecify.annotations.Nullable;

/** Assertions of the simulation, made millions of times: nothing is put into words before it is wrong. */
final class SimCheck {
    private SimCheck() {}

    static void require(boolean holds, String otherwise, @Nullable Object about) {
        if (!holds) {
            throw new AssertionError(otherwise + ": " + about);
        }
    }

    static void equal(int actual, int expected, String what) {
        if (actual != expected) {
            throw new AssertionError(what + ": " + actual + " and not " + expected);
        }
    }
}
