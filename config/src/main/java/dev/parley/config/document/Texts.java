package dev.parley.config.document;

import dev.parley.config.schema.KeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words that both the reference page and the example use for a key. */
final class Texts {
    /** Scalars that YAML reads as themselves; everything else is quoted. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/][A-Za-z0-9._/-]*");

    private Texts() {}

    /** Text, form, range and meaning of absence in a row of sentences. */
    static String full(KeySpec key) {
        String range = key.range().isEmpty() ? "" : ", " + key.range();
        String unset = key.setting().whenUnset();
        return key.setting().value() + " Takes " + form(key) + range + "."
                + (unset.isEmpty() ? "" : (key.isList() ? " Empty: " : " Unset: ") + unset + ".");
    }

    /** What values look like. */
    static String form(KeySpec key) {
        return key.isList()
                ? "a list, each " + key.type().description()
                : key.type().description();
    }

    /** A value as YAML. */
    static String yamlValue(KeySpec key, Object value) {
        List<String> texts = key.texts(value);
        String joined = texts.stream().map(Texts::scalar).collect(Collectors.joining(", "));
        return value instanceof List<?> ? "[" + joined + "]" : joined;
    }

    /** The text in lines of at most so many characters. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String scalar(String text) {
        return PLAIN.matcher(text).matches()
                ? text
                : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
