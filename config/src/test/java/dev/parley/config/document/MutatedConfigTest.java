package dev.parley.config.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Defaults;
import dev.parley.config.reader.ConfigReader;
import dev.parley.config.reader.ConfigResult;
import dev.parley.config.reader.Problem;
import dev.parley.testing.SeededGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged configurations end in a refusal or a valid tree, never in an exception. */
class MutatedConfigTest {
    private static final int MUTATED_FILES = 200;
    private static final String NASTY = "\t\n :#-[]{}\"'&*!|>%@`,\\0~?\u0000\u2028\uFEFF";

    // Without comments, so that a mutation hits what is read.
    private static final String EXAMPLE =
            ConfigExample.ofDefaults(Defaults.CONFIG).replaceAll("(?m)^ *#.*\n|^\n", "");

    @TempDir
    Path directory = Path.of("");

    @Test
    void aMutatedConfigurationIsRefusedClearlyOrRead() {
        SeededGenerator.forAll(MUTATED_FILES, random -> {
            Path file = write(mutated(random));
            switch (ConfigReader.read(file, Map.of(), List.of())) {
                case ConfigResult.Loaded loaded -> assertThat(loaded.config()).isNotNull();
                case ConfigResult.Refused(List<Problem> problems) -> assertClear(problems, file);
            }
        });
    }

    private static void assertClear(List<Problem> problems, Path file) {
        assertThat(problems).isNotEmpty().allSatisfy(problem -> {
            assertThat(problem.text()).isNotBlank().doesNotContain("\n").hasSizeLessThan(400);
            assertThat(problem.toString()).contains(file.toString());
        });
    }

    private Path write(byte[] yaml) {
        try {
            return Files.write(directory.resolve("parley.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] mutated(SeededGenerator random) {
        StringBuilder text = new StringBuilder(EXAMPLE);
        int mutations = random.between(1, 4);
        for (int i = 0; i < mutations; i++) {
            int at = random.below(text.length());
            switch (random.below(5)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, NASTY.charAt(random.below(NASTY.length())));
                case 2 -> text.setCharAt(at, (char) random.below(0x250));
                case 3 -> text.delete(at, Math.min(text.length(), at + random.below(200)));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.below(100))));
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.chance(10)) {
            bytes[random.below(bytes.length)] = (byte) random.below(256);
        }
        return bytes;
    }
}
