package dev.parley.ice.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.SeededGenerator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadlineQueueTest {
    private final DeadlineQueue<String> queue = new DeadlineQueue<>();

    @Test
    void nothingIsDueInAnEmptyQueue() {
        assertThat(queue.peekNanos()).isEqualTo(Long.MAX_VALUE).isEqualTo(DeadlineQueue.NEVER);
        assertThat(queue.pollDue(Long.MAX_VALUE)).isNull();
        assertThat(queue.cancel("a")).isFalse();
    }

    @Test
    void keyIsDueAtItsDeadlineAndNotOneTickEarlier() {
        queue.schedule("a", 100);

        assertThat(queue.pollDue(99)).isNull();
        assertThat(queue.pollDue(100)).isEqualTo("a");
        assertThat(queue.pollDue(100)).isNull();
    }

    @Test
    void equalDeadlinesComeInTheOrderTheyWereScheduled() {
        List.of("d", "a", "c", "b").forEach(key -> queue.schedule(key, 7));
        queue.schedule("d", 7); // goes to the end

        assertThat(drain(7)).containsExactly("a", "c", "b", "d");
    }

    @Test
    void laterScheduleReplacesTheEarlierOne() {
        queue.schedule("a", 1);
        queue.schedule("b", 2);
        queue.schedule("a", 3);

        assertThat(queue.peekNanos()).isEqualTo(2);
        assertThat(drain(3)).containsExactly("b", "a");
    }

    @Test
    void cancelledKeyIsNeverDue() {
        queue.schedule("a", 1);
        queue.schedule("b", 2);

        assertThat(queue.cancel("a")).isTrue();
        assertThat(queue.cancel("a")).isFalse();
        assertThat(queue.peekNanos()).isEqualTo(2);
        assertThat(drain(10)).containsExactly("b");
        assertThat(queue.size()).isZero();
    }

    @Test
    void queueAgreesWithASortedListWhateverHappens() {
        SeededGenerator.forAll(200, generator -> {
            DeadlineQueue<Integer> tested = new DeadlineQueue<>();
            Model model = new Model();
            for (int step = 0; step < 300; step++) {
                int key = generator.below(40);
                long nanos = generator.below(50) - 10L;
                switch (generator.below(4)) {
                    case 0, 1 -> {
                        tested.schedule(key, nanos);
                        model.schedule(key, nanos);
                    }
                    case 2 -> assertThat(tested.cancel(key)).isEqualTo(model.cancel(key));
                    default -> assertThat(tested.pollDue(nanos)).isEqualTo(model.pollDue(nanos));
                }
                assertThat(tested.peekNanos()).isEqualTo(model.peekNanos());
                assertThat(tested.size()).isEqualTo(model.entries.size());
            }
        });
    }

    private List<String> drain(long nowNanos) {
        List<String> due = new ArrayList<>();
        for (String key = queue.pollDue(nowNanos); key != null; key = queue.pollDue(nowNanos)) {
            due.add(key);
        }
        return due;
    }

    /** A list in the order of scheduling; its stable minimum is what the queue must yield. */
    private static final class Model {
        record Entry(int key, long nanos) {}

        final List<Entry> entries = new ArrayList<>();

        void schedule(int key, long nanos) {
            cancel(key);
            entries.add(new Entry(key, nanos));
        }

        boolean cancel(int key) {
            return entries.removeIf(entry -> entry.key == key);
        }

        long peekNanos() {
            return entries.stream().mapToLong(Entry::nanos).min().orElse(Long.MAX_VALUE);
        }

        @Nullable
        Integer pollDue(long nowNanos) {
            Entry first =
                    entries.stream().min(Comparator.comparingLong(Entry::nanos)).orElse(null);
            if (first == null || first.nanos > nowNanos) {
                return null;
            }
            entries.remove(first);
            return first.key;
        }
    }
}
