package dev.parley.turn.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortPartitionTest {
    private static final PortRange ODD_ENDS = new PortRange(50001, 50100);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64})
    void everyPortBelongsToExactlyOneLoop(int loops) {
        int owned = 0;
        for (int index = 0; index < loops; index++) {
            PortPartition partition = new PortPartition(ODD_ENDS, loops, index);
            int loop = index;
            assertThat(partition.ports()).allMatch(port -> PortPartition.loopOf(port, loops) == loop);
            owned += (int) partition.ports().count();
        }
        assertThat(owned).isEqualTo(ODD_ENDS.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void pairsStayTogether(int loops) {
        for (int even = 50002; even < 50100; even += 2) {
            assertThat(PortPartition.loopOf(even, loops)).isEqualTo(PortPartition.loopOf(even + 1, loops));
        }
    }

    @Test
    void impossibleLoopsAndRangesAreRefused() {
        assertThatThrownBy(() -> new PortPartition(ODD_ENDS, 2, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PortPartition(ODD_ENDS, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PortRange(1023, 2000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PortRange(2000, 65536)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PortRange(2001, 2000)).isInstanceOf(IllegalArgumentException.class);
    }
}
