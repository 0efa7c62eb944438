package dev.parley.turn.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.SeededGenerator;
import org.junit.jupiter.api.Test;

class TurnSimTest {
    private static final int VILLAGES = 10_000;

    private long delivered;
    private long dropped;
    private long moved;
    private long joined;

    @Test
    void inTenThousandSmallWorldsEveryInvariantHoldsAfterEveryEventAndNothingIsLeft() {
        SeededGenerator.forAll(VILLAGES, seeded -> run(seeded, SimScale.VILLAGE, 40));
        assertThat(delivered).isGreaterThan(VILLAGES / 4);
        System.out.println("simulation: " + delivered + " packets, " + dropped + " over a limit of bandwidth, " + moved
                + " moves, " + joined + " joined connections");
        assertThat(dropped).as("packets over a limit of bandwidth").isGreaterThan(50);
        assertThat(moved).as("moves").isGreaterThan(150);
        assertThat(joined).as("joined connections").isGreaterThan(15);
    }

    @Test
    void inSmallWorldsThatLastLongToo() {
        SeededGenerator.forAll(4, seeded -> run(seeded, SimScale.VILLAGE, 3000));
        assertThat(delivered).isGreaterThan(200);
    }

    @Test
    void thousandsOfClientsLeaveNothing() {
        SeededGenerator.forAll(2, seeded -> run(seeded, SimScale.CITY, 40_000));
        assertThat(delivered).isGreaterThan(150);
    }

    private void run(SeededGenerator seeded, SimScale scale, int steps) {
        TurnSim sim = new TurnSim(seeded, scale);
        sim.run(steps);
        delivered += sim.delivered();
        dropped += sim.dropped();
        moved += sim.moved();
        joined += sim.joined();
    }
}
