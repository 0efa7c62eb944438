package dev.parley.turn.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An open-addressing hash table whose keys are fields of its values, so that the data path can look up by primitives
 * without making a key object. Removal shifts the cluster back, so no tombstones pile up. Subclasses hash, and find
 * by probing from {@link #firstSlot}.
 */
abstract class ProbingTable<V> {
    private @Nullable Object[] slots = new @Nullable Object[8];
    private int size;

    /** The hash of a value's key; must not change while the value is in the table. */
    abstract int hashOf(V value);

    final int size() {
        return size;
    }

    final int firstSlot(int hash) {
        return hash & (slots.length - 1);
    }

    final int nextSlot(int slot) {
        return (slot + 1) & (slots.length - 1);
    }

    @SuppressWarnings("unchecked") // only insert writes slots, and it takes a V
    final @Nullable V at(int slot) {
        return (V) slots[slot];
    }

    final int slots() {
        return slots.length;
    }

    /** Shows every value; the table must not change meanwhile. */
    final void forEach(Consumer<V> action) {
        for (int slot = 0; slot < slots.length; slot++) {
            V value = at(slot);
            if (value != null) {
                action.accept(value);
            }
        }
    }

    /** The values of this moment that pass the test. */
    final List<V> select(Predicate<V> test) {
        List<V> selected = new ArrayList<>();
        forEach(value -> {
            if (test.test(value)) {
                selected.add(value);
            }
        });
        return selected;
    }

    /** Adds a value whose key is not in the table. */
    final void insert(V value) {
        if (2 * (size + 1) > slots.length) {
            grow();
        }
        place(value);
        size++;
    }

    /** Takes out exactly this object. */
    final void remove(V value) {
        int slot = firstSlot(hashOf(value));
        while (!holds(slot, value)) {
            slot = nextSlot(slot);
        }
        size--;
        closeGap(slot);
    }

    @SuppressWarnings(
            "ReferenceEquality") // the table holds each value once; which one is meant is a matter of identity
    private boolean holds(int slot, V value) {
        V found = at(slot);
        if (found == null) {
            throw new IllegalStateException("not in the table: " + value);
        }
        return found == value;
    }

    /** Moves later members of the cluster into the gap wherever their own first slot allows. */
    private void closeGap(int emptied) {
        int gap = emptied;
        slots[gap] = null;
        int slot = nextSlot(gap);
        for (V value = at(slot); value != null; value = at(slot)) {
            int distanceFromHome = (slot - firstSlot(hashOf(value))) & (slots.length - 1);
            int distanceFromGap = (slot - gap) & (slots.length - 1);
            if (distanceFromHome >= distanceFromGap) {
                slots[gap] = value;
                slots[slot] = null;
                gap = slot;
            }
            slot = nextSlot(slot);
        }
    }

    private void grow() {
        @Nullable Object[] old = slots;
        slots = new @Nullable Object[2 * old.length];
        for (Object value : old) {
            if (value != null) {
                @SuppressWarnings("unchecked") // as in at
                V moved = (V) value;
                place(moved);
            }
        }
    }

    private void place(V value) {
        int slot = firstSlot(hashOf(value));
        while (slots[slot] != null) {
            slot = nextSlot(slot);
        }
        slots[slot] = value;
    }
}
