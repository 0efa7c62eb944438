package dev.parley.config.document;

import dev.parley.config.ServerConfig;
import dev.parley.config.schema.KeySpec;
import dev.parley.config.schema.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a configuration as YAML, in the order of the schema. */
public final class ConfigExample {
    private static final int TEXT_WIDTH = 96;

    private final StringBuilder yaml = new StringBuilder();
    private final Map<String, @Nullable Object> valuesByPath;
    private final boolean withTexts;

    private ConfigExample(ServerConfig config, boolean withTexts) {
        this.valuesByPath = Schema.SERVER.values(config);
        this.withTexts = withTexts;
    }

    /**
     * Every key with its default and its text; keys that are unset by default are commented out. Reads back as the
     * defaults.
     */
    public static String ofDefaults(ServerConfig defaults) {
        ConfigExample example = new ConfigExample(defaults, true);
        example.yaml.append("# Every key of Parley with its default. Keep only the lines that you change.\n");
        example.section("", 0);
        return example.yaml.toString();
    }

    /** The values of a configuration, secrets as stars, unset keys commented out. */
    public static String ofValues(ServerConfig config) {
        ConfigExample example = new ConfigExample(config, false);
        example.section("", 0);
        return example.yaml.toString();
    }

    private void section(String section, int depth) {
        String indent = "  ".repeat(depth);
        for (String name : Schema.SERVER.namesBelow(section)) {
            String path = section.isEmpty() ? name : section + "." + name;
            KeySpec key = Schema.SERVER.find(path);
            if (key == null) {
                yaml.append(withTexts ? "\n" : "").append(indent).append(name).append(":\n");
                section(path, depth + 1);
            } else {
                key(key, indent);
            }
        }
    }

    private void key(KeySpec key, String indent) {
        if (withTexts) {
            yaml.append('\n');
            Texts.wrap(Texts.full(key), TEXT_WIDTH - indent.length())
                    .forEach(line ->
                            yaml.append(indent).append("# ").append(line).append('\n'));
        }
        Object value = valuesByPath.get(key.path());
        yaml.append(indent).append(value == null ? "# " : "").append(key.name()).append(": ");
        yaml.append(value == null ? "" : Texts.yamlValue(key, value));
        int end = yaml.length();
        if (yaml.charAt(end - 1) == ' ') {
            yaml.setLength(end - 1);
        }
        yaml.append('\n');
    }
}
