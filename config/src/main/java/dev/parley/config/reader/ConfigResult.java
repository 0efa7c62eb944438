package dev.parley.config.reader;

import dev.parley.config.ServerConfig;
import java.util.List;
import java.util.Map;

/** What came of reading a configuration. */
public sealed interface ConfigResult {
    /**
     * A configuration to run with.
     *
     * @param originsByPath where each key's value came from; keys left at their default are absent
     * @param warnings what the operator should know although the server can start
     */
    record Loaded(ServerConfig config, Map<String, Origin> originsByPath, List<Problem> warnings)
            implements ConfigResult {
        public Loaded {
            originsByPath = Map.copyOf(originsByPath);
            warnings = List.copyOf(warnings);
        }

        /** Where the value of this key came from. */
        public Origin origin(String path) {
            return originsByPath.getOrDefault(path, new Origin.Default());
        }
    }

    /** Everything that is wrong, in the order of file, environment, command line. */
    record Refused(List<Problem> problems) implements ConfigResult {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
