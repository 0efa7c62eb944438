package dev.parley.turn.loop;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** One adder for each constant of an enum; several threads count, any thread reads. */
final class EnumAdders<E extends Enum<E>> {
    private final LongAdder[] adders;

    EnumAdders(Class<E> constants) {
        @Nullable E[] all = constants.getEnumConstants();
        adders = new LongAdder[all == null ? 0 : all.length];
        for (int i = 0; i < adders.length; i++) {
            adders[i] = new LongAdder();
        }
    }

    // The array lives as long as the enum is loaded, and this is done for every packet.
    @SuppressWarnings("EnumOrdinal")
    void add(E constant, long amount) {
        adders[constant.ordinal()].add(amount);
    }

    @SuppressWarnings("EnumOrdinal") // as above
    long sum(E constant) {
        return adders[constant.ordinal()].sum();
    }

    long sumOfAll() {
        long sum = 0;
        for (LongAdder adder : adders) {
            sum += adder.sum();
        }
        return sum;
    }
}
