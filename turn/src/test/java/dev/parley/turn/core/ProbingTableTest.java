package dev.parley.turn.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.testing.SeededGenerator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProbingTableTest {
    private record Entry(int key) {}

    /** Hashes so badly that clusters are long and wrap around the end. */
    private static final class CollidingTable extends ProbingTable<Entry> {
        @Nullable
        Entry find(int key) {
            int slot = firstSlot(hash(key));
            for (Entry found = at(slot); found != null; found = at(slot)) {
                if (found.key() == key) {
                    return found;
                }
                slot = nextSlot(slot);
            }
            return null;
        }

        @Override
        int hashOf(Entry entry) {
            return hash(entry.key());
        }

        private static int hash(int key) {
            return -1 - key % 3;
        }
    }

    @Test
    void agreesWithAHashMap() {
        SeededGenerator.forAll(50, seeded -> {
            CollidingTable table = new CollidingTable();
            Map<Integer, Entry> model = new HashMap<>();
            for (int step = 0; step < 400; step++) {
                int key = seeded.below(40);
                Entry known = model.remove(key);
                if (known == null) {
                    Entry entry = new Entry(key);
                    table.insert(entry);
                    model.put(key, entry);
                } else {
                    table.remove(known);
                }
                assertThat(table.size()).isEqualTo(model.size());
                for (int probe = 0; probe < 40; probe++) {
                    assertThat(table.find(probe)).isEqualTo(model.get(probe));
                }
            }
            assertThat(table.select(Objects::nonNull)).hasSameElementsAs(List.copyOf(model.values()));
        });
    }

    @Test
    void removingAStrangerIsOurBug() {
        CollidingTable table = new CollidingTable();
        table.insert(new Entry(1));
        assertThatThrownBy(() -> table.remove(new Entry(2))).isInstanceOf(IllegalStateException.class);
    }
}
