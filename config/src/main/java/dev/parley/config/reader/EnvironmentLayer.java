package dev.parley.config.reader;

import dev.parley.config.schema.Excerpt;
import dev.parley.config.schema.KeySpec;
import dev.parley.config.schema.Schema;
import dev.parley.config.schema.Suggestion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the layer of values that environment variables hold. */
final class EnvironmentLayer {
    private static final String PREFIX = "PARLEY_";
    /** Read by the launcher, before there is a configuration. */
    private static final Set<String> NOT_KEYS = Set.of("PARLEY_JAVA_HOME", "PARLEY_BUILD", "PARLEY_PLUGINS");

    private EnvironmentLayer() {}

    static Layer read(Schema schema, Map<String, String> environment) {
        Layer layer = new Layer();
        Map<String, KeySpec> keysByVariable = new LinkedHashMap<>();
        schema.keys().forEach(key -> keysByVariable.put(key.environmentVariable(), key));
        new TreeMap<>(environment).forEach((variable, text) -> {
            KeySpec key = keysByVariable.get(variable);
            if (key != null) {
                layer.add(RawValue.ofText(key, text, new Origin.Environment(variable)));
            } else if (variable.startsWith(PREFIX) && !NOT_KEYS.contains(variable)) {
                // Not refused: orchestrators put variables named after their services into every environment.
                String nearest = Suggestion.nearest(variable, keysByVariable.keySet());
                layer.warn(
                        new Origin.Environment(Excerpt.of(variable)),
                        "sets no key" + (nearest == null ? "" : ", did you mean " + nearest + "?"));
            }
        });
        return layer;
    }
}
