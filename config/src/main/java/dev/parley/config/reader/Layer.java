package dev.parley.config.reader;

import java.util.ArrayList;
import java.util.List;

/**
 * What one source (file, environment, command line) says, with what is wrong about it. Filled by its reader, then
 * only read.
 */
final class Layer {
    private final List<RawValue> values = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    void add(RawValue value) {
        values.add(value);
    }

    void refuse(Origin origin, String text) {
        problems.add(new Problem(origin, text));
    }

    void warn(Origin origin, String text) {
        warnings.add(new Problem(origin, text));
    }

    List<RawValue> values() {
        return List.copyOf(values);
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    List<Problem> warnings() {
        return List.copyOf(warnings);
    }
}
