package dev.parley.config.reader;

import dev.parley.config.schema.Excerpt;
import dev.parley.config.schema.KeySpec;
import dev.parley.config.schema.Schema;
import dev.parley.config.schema.Suggestion;
import java.util.List;

/** Reads the layer of values given by {@code --set KEY=VALUE}; of two for one key the last one holds. */
final class CommandLineLayer {
    private CommandLineLayer() {}

    static Layer read(Schema schema, List<String> assignments) {
        Layer layer = new Layer();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            String path = equals < 0 ? assignment : assignment.substring(0, equals);
            Origin origin = new Origin.CommandLine(Excerpt.of(path));
            KeySpec key = schema.find(path);
            if (equals < 0) {
                layer.refuse(origin, "must be written KEY=VALUE");
            } else if (key != null) {
                layer.add(RawValue.ofText(key, assignment.substring(equals + 1), origin));
                if (key.isSecret()) {
                    layer.warn(
                            origin,
                            "every user of this host can see a secret on a command line; use "
                                    + key.environmentVariable() + " or "
                                    + key.path().split("\\.", 2)[0]
                                    + ".secret-file");
                }
            } else if (schema.isSection(path)) {
                layer.refuse(origin, Excerpt.of(path) + " is a section with keys of its own, not a key");
            } else {
                layer.refuse(origin, "unknown key " + Excerpt.of(path) + hint(schema, path));
            }
        }
        return layer;
    }

    private static String hint(Schema schema, String path) {
        int dot = path.lastIndexOf('.');
        String section = dot < 0 ? "" : path.substring(0, dot);
        boolean isKnownSection = section.isEmpty() || schema.isSection(section);
        return isKnownSection
                ? Suggestion.forUnknownKey(schema, section, path.substring(dot + 1))
                : Suggestion.forUnknownKey(schema, "", path);
    }
}
