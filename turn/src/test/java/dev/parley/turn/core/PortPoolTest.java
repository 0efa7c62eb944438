package dev.parley.turn.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.testing.SeededGenerator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PortPoolTest {
    private static final PortRange RANGE = new PortRange(50000, 50099);

    @Test
    void everyPortIsGivenOnceAndThenNone() {
        PortPool pool = new PortPool(PortPartition.whole(RANGE));
        SplittableRandom random = new SplittableRandom(1);
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < RANGE.size(); i++) {
            assertThat(taken.add(pool.take(random))).isTrue();
        }
        assertThat(taken).allMatch(RANGE::contains).hasSize(100);
        assertThat(pool.take(random)).isEqualTo(-1);
        assertThat(pool.free()).isZero();
    }

    @Test
    void releasingWhatIsFreeIsOurBug() {
        PortPool pool = new PortPool(PortPartition.whole(RANGE));
        int port = pool.take(new SplittableRandom(1));
        pool.release(port);
        assertThatThrownBy(() -> pool.release(port)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void portsAreConservedWhateverTheOrder() {
        SeededGenerator.forAll(20, seeded -> {
            PortPool pool = new PortPool(PortPartition.whole(RANGE));
            List<Integer> taken = new ArrayList<>();
            for (int step = 0; step < 2000; step++) {
                if (seeded.chance(50) && pool.free() > 0) {
                    taken.add(pool.take(seeded.random()));
                } else if (!taken.isEmpty()) {
                    Collections.swap(taken, seeded.below(taken.size()), taken.size() - 1);
                    pool.release(taken.removeLast());
                }
                assertThat(pool.free() + taken.size()).isEqualTo(RANGE.size());
                assertThat(taken).noneMatch(pool::isFree);
            }
        });
    }

    /** 255 degrees of freedom: chi-square exceeds 330 once in a thousand runs of a fair pool. */
    @Test
    void portsAreUniformlyDistributedOverTheFreeOnes() {
        PortRange range = new PortRange(49152, 49407);
        PortPool pool = new PortPool(PortPartition.whole(range));
        SplittableRandom random = new SplittableRandom(42);
        int[] hits = new int[range.size()];
        int draws = 256 * 100;
        int previous = 0;
        double serial = 0;
        for (int i = 0; i < draws; i++) {
            int port = pool.take(random);
            pool.release(port);
            hits[port - range.first()]++;
            double centred = port - range.first() - 127.5;
            serial += centred * previous;
            previous = (int) centred;
        }
        double chiSquare = 0;
        for (int hit : hits) {
            chiSquare += (hit - 100.0) * (hit - 100.0) / 100.0;
        }
        assertThat(chiSquare).isLessThan(330);
        double variance = (256.0 * 256 - 1) / 12;
        assertThat(serial / draws / variance).isBetween(-0.03, 0.03);
    }
}
