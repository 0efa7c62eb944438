package dev.parley.config.reader;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Turns YAML text into a tree with line numbers by walking the parser's events. */
final class YamlReader {
    private static final int MAX_DEPTH = 16;
    private static final YAMLMapper MAPPER = new YAMLMapper();

    private final JsonParser parser;

    private YamlReader(JsonParser parser) {
        this.parser = parser;
    }

    /** A text that is no YAML, or YAML of a kind that a configuration has no use for. */
    static final class NotReadableException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int line;

        NotReadableException(int line, String message) {
            super(message);
            this.line = line;
        }

        /** The line where reading ended, from one. */
        int line() {
            return line;
        }
    }

    /** The tree of one document, or null for a document without content. */
    static @Nullable YamlNode read(String text) throws NotReadableException {
        try (JsonParser parser = MAPPER.createParser(text)) {
            YamlReader reader = new YamlReader(parser);
            if (parser.nextToken() == null) {
                return null;
            }
            YamlNode root = reader.node(0);
            if (parser.nextToken() != null) {
                throw new NotReadableException(reader.line(), "only one YAML document is read");
            }
            return root;
        } catch (JacksonException e) {
            TokenStreamLocation location = e.getLocation();
            throw new NotReadableException(location == null ? 1 : Math.max(1, location.getLineNr()), reason(e));
        }
    }

    private YamlNode node(int depth) throws NotReadableException {
        if (depth > MAX_DEPTH) {
            throw new NotReadableException(line(), "nested too deeply");
        }
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw new NotReadableException(line(), "aliases (*name) are not supported");
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return mapping(depth);
        }
        if (token == JsonToken.START_ARRAY) {
            return items(depth);
        }
        return new YamlNode.Scalar(token == JsonToken.VALUE_NULL ? null : parser.getString(), line());
    }

    private YamlNode mapping(int depth) throws NotReadableException {
        int line = line();
        List<YamlNode.Entry> entries = new ArrayList<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            int nameLine = line();
            parser.nextToken();
            entries.add(new YamlNode.Entry(name, nameLine, node(depth + 1)));
        }
        return new YamlNode.Mapping(List.copyOf(entries), line);
    }

    private YamlNode items(int depth) throws NotReadableException {
        int line = line();
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(depth + 1));
        }
        return new YamlNode.Items(List.copyOf(items), line);
    }

    private int line() {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    /** The parser's complaint in one line, without the source excerpt that it appends (which could show a secret). */
    private static String reason(JacksonException e) {
        String message = e.getOriginalMessage();
        String firstLine = message == null ? "" : message.lines().findFirst().orElse("");
        return "not valid YAML" + (firstLine.isBlank() ? "" : ": " + firstLine);
    }
}
