package dev.parley.signaling.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of keys, one a line:
 *
 * <pre>
 * # a comment
 * shop sha256:5d41...  ttl=3600 per-minute=600
 * page sha256:93b1...  ttl=600 origin=https://app.example.org origin=https://example.org
 * desk sha256:0b7e...  scope=rooms
 * </pre>
 */
public final class ApiKeyLines {
    private final List<ApiKey> keys = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    private ApiKeyLines() {}

    /** What a list turned out to be. */
    public sealed interface Result {
        /** Every line is good. */
        record Read(List<ApiKey> keys) implements Result {
            public Read {
                keys = List.copyOf(keys);
            }
        }

        /** Some lines are not; each problem names its line and quotes nothing of it. */
        record Flawed(List<String> problems) implements Result {
            public Flawed {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Reads all lines, and tells all problems at once. */
    public static Result read(List<String> lines) {
        ApiKeyLines reader = new ApiKeyLines();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index).strip();
            String problem = line.isEmpty() || line.startsWith("#") ? null : reader.take(line);
            if (problem != null) {
                reader.problems.add("line " + (index + 1) + " " + problem);
            }
        }
        return reader.problems.isEmpty() ? new Result.Read(reader.keys) : new Result.Flawed(reader.problems);
    }

    /** Why the line is no key, in words that complete "line 7 ..."; null if it is one. */
    private @Nullable String take(String line) {
        return switch (ApiKeyLine.read(line)) {
            case ApiKeyLine.Result.Flawed(String problem) -> problem;
            case ApiKeyLine.Result.Read(ApiKey key) when !ids.add(key.id()) -> "has the id of an earlier line";
            case ApiKeyLine.Result.Read(ApiKey key) -> {
                keys.add(key);
                yield null;
            }
        };
    }
}
