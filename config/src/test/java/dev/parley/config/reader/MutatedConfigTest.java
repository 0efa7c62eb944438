package dev.parley.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Defaults;
import dev.parley.config.document.ConfigExample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged configurations end in a refusal or a valid tree, never in an exception. */
class MutatedConfigTest {
    private static final int FILES_PER_SEED = 50;
    private static final String NASTY = "\t\n :#-[]{}\"'&*!|>%@`,\\0~?\u0000\u2028\uFEFF";

    // Without comments, so that a mutation hits what is read.
    private static final String EXAMPLE =
            ConfigExample.ofDefaults(Defaults.CONFIG).replaceAll("(?m)^ *#.*\n|^\n", "");

    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aMutatedConfigurationIsRefusedClearlyOrRead(long seed) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Path file = directory.resolve("parley.yaml");
        for (int round = 0; round < FILES_PER_SEED; round++) {
            byte[] yaml = mutated(random);
            Files.write(file, yaml);
            String flow = "seed " + seed + " round " + round;
            switch (ConfigReader.read(file, Map.of(), List.of())) {
                case ConfigResult.Loaded loaded ->
                    assertThat(loaded.config()).as(flow).isNotNull();
                case ConfigResult.Refused(List<Problem> problems) ->
                    assertThat(problems).as(flow).isNotEmpty().allSatisfy(problem -> {
                        assertThat(problem.text())
                                .isNotBlank()
                                .doesNotContain("\n")
                                .hasSizeLessThan(400);
                        assertThat(problem.toString()).contains(file.toString());
                    });
            }
        }
    }

    private static byte[] mutated(RandomGenerator random) {
        StringBuilder text = new StringBuilder(EXAMPLE);
        int mutations = 1 + random.nextInt(4);
        for (int i = 0; i < mutations; i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(5)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, NASTY.charAt(random.nextInt(NASTY.length())));
                case 2 -> text.setCharAt(at, (char) random.nextInt(0x250));
                case 3 -> text.delete(at, Math.min(text.length(), at + random.nextInt(200)));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(100))));
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(10) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
