package dev.parley.config.reader;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A YAML document as a tree in which every node knows its line. */
sealed interface YamlNode {
    /** The line the node begins on, from one. */
    int line();

    /** Text, number or truth value as written; null for an empty value. */
    record Scalar(@Nullable String text, int line) implements YamlNode {}

    /** A list. */
    record Items(List<YamlNode> items, int line) implements YamlNode {}

    /** A mapping, duplicates included. */
    record Mapping(List<Entry> entries, int line) implements YamlNode {}

    /** One key with its value. */
    record Entry(String name, int line, YamlNode value) {}
}
