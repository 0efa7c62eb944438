package dev.parley.config.reader;

import dev.parley.config.ConfigChecks;
import dev.parley.config.ServerConfig;
import dev.parley.config.schema.BadValueException;
import dev.parley.config.schema.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration of the server: the file first, then the environment over it, then {@code --set} over both.
 * Everything that is wrong is reported at once, also in values that a later source replaces.
 */
public final class ConfigReader {
    private final Schema schema = Schema.SERVER;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final Map<String, @Nullable Object> valuesByPath = new LinkedHashMap<>();
    private final Map<String, Origin> originsByPath = new LinkedHashMap<>();

    private ConfigReader() {}

    /**
     * The configuration from these sources.
     *
     * @param file null when there is none
     * @param assignments the texts of the {@code --set} options, in order
     */
    public static ConfigResult read(@Nullable Path file, Map<String, String> environment, List<String> assignments) {
        ConfigReader reader = new ConfigReader();
        if (file != null) {
            reader.take(FileLayer.read(reader.schema, file));
        }
        reader.take(EnvironmentLayer.read(reader.schema, environment));
        reader.take(CommandLineLayer.read(reader.schema, assignments));
        return reader.result();
    }

    private void take(Layer layer) {
        problems.addAll(layer.problems());
        warnings.addAll(layer.warnings());
        for (RawValue raw : layer.values()) {
            String path = raw.key().path();
            try {
                valuesByPath.put(path, raw.key().parse(raw.texts()));
                originsByPath.put(path, raw.origin());
            } catch (BadValueException e) {
                problems.add(new Problem(raw.origin(), path + " " + e.getMessage()));
            }
        }
    }

    private ConfigResult result() {
        // Checks across keys run on what could be read, so that one run shows as many problems as possible.
        ServerConfig config = schema.build(valuesByPath);
        for (ConfigChecks.Conflict conflict : ConfigChecks.conflicts(config)) {
            Origin origin = originsByPath.getOrDefault(conflict.key(), new Origin.Default());
            problems.add(new Problem(origin, conflict.key() + " " + conflict.text()));
        }
        return problems.isEmpty()
                ? new ConfigResult.Loaded(config, originsByPath, warnings)
                : new ConfigResult.Refused(problems);
    }
}
