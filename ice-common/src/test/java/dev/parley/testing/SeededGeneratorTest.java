package dev.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeededGeneratorTest {
    @Test
    void sameSeedYieldsTheSame() {
        assertThat(sample(new SeededGenerator(7))).isEqualTo(sample(new SeededGenerator(7)));
        assertThat(sample(new SeededGenerator(7))).isNotEqualTo(sample(new SeededGenerator(8)));
    }

    private static List<Object> sample(SeededGenerator generator) {
        return List.of(
                generator.nextLong(),
                generator.below(1000),
                generator.chance(50),
                generator.word(9),
                generator.oneOf("a", "b"),
                generator.random().nextLong());
    }

    @Test
    void failureNamesItsSeed() {
        assertThatThrownBy(() -> SeededGenerator.forAll(10, generator -> {
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dparley.seed=")
                .hasMessageContaining("broken");
    }

    @Test
    void everyRunHasItsOwnSeed() {
        List<Long> seeds = new ArrayList<>();
        SeededGenerator.forAll(5, generator -> seeds.add(generator.seed()));

        assertThat(seeds).doesNotHaveDuplicates().isNotEmpty();
    }

    @Test
    void boundsAreKeptAndReached() {
        SeededGenerator generator = new SeededGenerator(1);

        assertThat(IntStream.range(0, 1000).map(_ -> generator.between(-1, 1)).distinct())
                .containsExactlyInAnyOrder(-1, 0, 1);
        assertThat(IntStream.range(0, 1000).map(_ -> generator.below(3)).distinct())
                .containsExactlyInAnyOrder(0, 1, 2);
        assertThat(generator.bytes(5)).hasSize(5);
    }
}
