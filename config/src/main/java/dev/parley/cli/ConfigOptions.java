package dev.parley.cli;

import dev.parley.config.reader.ConfigReader;
import dev.parley.config.reader.ConfigResult;
import dev.parley.config.reader.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options every command takes: where the configuration comes from. */
final class ConfigOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "YAML file with the configuration; without it the defaults hold.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            arity = "1",
            description = "Sets one configuration key, over file and environment; lists with commas. Repeatable.")
    private List<String> assignments = new ArrayList<>();

    /** The configuration file, or null. */
    @Nullable
    Path file() {
        return file;
    }

    /** What the sources say now. */
    ConfigResult read(Surroundings surroundings) {
        return ConfigReader.read(file, surroundings.environment(), assignments);
    }

    /** The configuration; null after printing what is wrong with it. */
    ConfigResult.@Nullable Loaded load(Surroundings surroundings) {
        return switch (read(surroundings)) {
            case ConfigResult.Loaded loaded -> loaded;
            case ConfigResult.Refused(List<Problem> problems) -> {
                problems.forEach(problem -> surroundings.err().println("parley: " + problem));
                yield null;
            }
        };
    }
}
