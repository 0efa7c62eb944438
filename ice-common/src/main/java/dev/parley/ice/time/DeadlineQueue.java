package dev.parley.ice.time;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys with one deadline each; the earliest comes out first, equal ones in the order they were scheduled. A binary heap
 * that knows where each key sits, so moving or cancelling a deadline is O(log n) and leaves nothing behind.
 *
 * <p>Nanoseconds come from the caller's monotonic clock. Not for use by several threads: it belongs to one core.
 */
public final class DeadlineQueue<K> {
    /** What {@link #peekNanos} returns when nothing is scheduled. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int ROOT = 0;

    private final Map<K, Entry<K>> entriesByKey = new HashMap<>();
    private @Nullable Entry<K>[] heap = newHeap(16);
    private int size;
    private long scheduled;

    /** Gives the key this deadline, instead of the one it may have had. */
    public void schedule(K key, long deadlineNanos) {
        Entry<K> entry = entriesByKey.get(key);
        if (entry == null) {
            entry = new Entry<>(key);
            entriesByKey.put(key, entry);
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, size * 2);
            }
            place(entry, size++);
        }
        entry.deadlineNanos = deadlineNanos;
        entry.order = scheduled++;
        settle(entry);
    }

    /** Forgets the key's deadline; returns whether it had one. */
    public boolean cancel(K key) {
        Entry<K> entry = entriesByKey.remove(key);
        if (entry == null) {
            return false;
        }
        remove(entry);
        return true;
    }

    /** The earliest deadline, or {@link #NEVER}. */
    public long peekNanos() {
        return size == 0 ? NEVER : at(ROOT).deadlineNanos;
    }

    /** Takes out the earliest key whose deadline has come, or returns null if none has. */
    public @Nullable K pollDue(long nowNanos) {
        if (size == 0 || at(ROOT).deadlineNanos > nowNanos) {
            return null;
        }
        Entry<K> entry = at(ROOT);
        entriesByKey.remove(entry.key);
        remove(entry);
        return entry.key;
    }

    public int size() {
        return size;
    }

    private void remove(Entry<K> entry) {
        Entry<K> last = at(--size);
        heap[size] = null;
        if (last != entry) {
            place(last, entry.index);
            settle(last);
        }
    }

    /** Moves the entry up or down until parents come before their children again. */
    private void settle(Entry<K> entry) {
        while (entry.index > ROOT && entry.isBefore(at((entry.index - 1) / 2))) {
            swap(entry, at((entry.index - 1) / 2));
        }
        Entry<K> child = findFirstChild(entry);
        while (child != null && child.isBefore(entry)) {
            swap(entry, child);
            child = findFirstChild(entry);
        }
    }

    private @Nullable Entry<K> findFirstChild(Entry<K> entry) {
        int left = 2 * entry.index + 1;
        if (left >= size) {
            return null;
        }
        boolean rightComesFirst = left + 1 < size && at(left + 1).isBefore(at(left));
        return at(rightComesFirst ? left + 1 : left);
    }

    private void swap(Entry<K> one, Entry<K> other) {
        int index = one.index;
        place(one, other.index);
        place(other, index);
    }

    private void place(Entry<K> entry, int index) {
        heap[index] = entry;
        entry.index = index;
    }

    private Entry<K> at(int index) {
        Entry<K> entry = heap[index];
        if (entry == null) {
            throw new IllegalStateException("no entry below the size of the heap");
        }
        return entry;
    }

    /** A generic array cannot be made otherwise; it never leaves this class. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <K> @Nullable Entry<K>[] newHeap(int capacity) {
        return new Entry[capacity];
    }

    private static final class Entry<K> {
        final K key;
        long deadlineNanos;
        long order;
        int index;

        Entry(K key) {
            this.key = key;
        }

        boolean isBefore(Entry<K> other) {
            return deadlineNanos != other.deadlineNanos ? deadlineNanos < other.deadlineNanos : order < other.order;
        }
    }
}
