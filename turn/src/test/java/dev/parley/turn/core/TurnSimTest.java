package dev.parley.turn.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.SeededGenerator;
import org.junit.jupiter.api.Test;

class TurnSimTest {
    private int delivered;

    @Test
    void invariantsHoldAfterEveryEventAndNothingIsLeft() {
        SeededGenerator.forAll(300, seeded -> {
            TurnSim sim = new TurnSim(seeded);
            sim.run(400);
            delivered += sim.delivered();
        });
        assertThat(delivered).isPositive();
    }
}
