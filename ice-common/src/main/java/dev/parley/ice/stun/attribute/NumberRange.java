package dev.parley.ice.stun.attribute;

/** Range checks of attribute constructors; a failure is our own bug, since readers check before they construct. */
final class NumberRange {

    private NumberRange() {}

    static void require(int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(value + " is not between " + least + " and " + most);
        }
    }

    static void requireUnsigned32(long value) {
        if (value >>> 32 != 0) {
            throw new IllegalArgumentException(value + " is not an unsigned 32-bit number");
        }
    }
}
