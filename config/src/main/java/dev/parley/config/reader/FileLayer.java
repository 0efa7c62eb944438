package dev.parley.config.reader;

import dev.parley.config.schema.Excerpt;
import dev.parley.config.schema.KeySpec;
import dev.parley.config.schema.Schema;
import dev.parley.config.schema.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the layer of values that a YAML file holds. */
final class FileLayer {
    private static final int MAX_BYTES = 1024 * 1024;

    private final Schema schema;
    private final Path path;
    private final Layer layer = new Layer();

    private FileLayer(Schema schema, Path path) {
        this.schema = schema;
        this.path = path;
    }

    static Layer read(Schema schema, Path path) {
        FileLayer reader = new FileLayer(schema, path);
        String text = reader.text();
        if (text != null) {
            reader.document(text);
        }
        return reader.layer;
    }

    private @Nullable String text() {
        try (InputStream file = Files.newInputStream(path)) {
            byte[] bytes = file.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                return unreadable("larger than 1 MiB");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            return unreadable("no such file");
        } catch (AccessDeniedException e) {
            return unreadable("permission denied");
        } catch (CharacterCodingException e) {
            return unreadable("not UTF-8 text");
        } catch (IOException e) {
            return unreadable(Files.isDirectory(path) ? "is a directory" : String.valueOf(e.getMessage()));
        }
    }

    private @Nullable String unreadable(String reason) {
        layer.refuse(new Origin.Default(), "cannot read configuration file " + path + ": " + reason);
        return null;
    }

    private void document(String text) {
        try {
            switch (YamlReader.read(text)) {
                case null -> {}
                case YamlNode.Scalar(String content, int line) -> {
                    if (content != null) {
                        refuse(line, "a configuration is made of sections and keys, such as 'turn:'");
                    }
                }
                case YamlNode.Items items ->
                    refuse(items.line(), "a configuration is made of sections and keys, not a list");
                case YamlNode.Mapping mapping -> section("", mapping);
            }
        } catch (YamlReader.NotReadableException e) {
            refuse(e.line(), Excerpt.of(String.valueOf(e.getMessage())));
        }
    }

    private void section(String section, YamlNode.Mapping mapping) {
        Map<String, Integer> lineByName = new HashMap<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            String path = section.isEmpty() ? entry.name() : section + "." + entry.name();
            Integer earlier = lineByName.putIfAbsent(entry.name(), entry.line());
            if (earlier != null) {
                refuse(entry.line(), Excerpt.of(path) + " is already set on line " + earlier);
            } else {
                entry(section, path, entry);
            }
        }
    }

    private void entry(String section, String path, YamlNode.Entry entry) {
        // A dotted name finds its key only when written as sections, so that one key cannot be hidden behind another
        // spelling.
        boolean isDotted = entry.name().contains(".");
        KeySpec key = isDotted ? null : schema.find(path);
        if (key != null) {
            value(key, entry);
        } else if (!isDotted && schema.isSection(path)) {
            sectionValue(path, entry);
        } else {
            String hint = isDotted && schema.find(path) != null
                    ? ", write it as sections: '" + path.replace(".", ":' and below it '") + ":'"
                    : Suggestion.forUnknownKey(schema, section, entry.name());
            refuse(entry.line(), "unknown key " + Excerpt.of(path) + hint);
        }
    }

    private void sectionValue(String path, YamlNode.Entry entry) {
        switch (entry.value()) {
            case YamlNode.Mapping mapping -> section(path, mapping);
            case YamlNode.Scalar(String text, int line) when text == null -> {}
            case YamlNode.Scalar scalar ->
                refuse(entry.line(), path + " is a section with keys of its own, not a value");
            case YamlNode.Items items -> refuse(entry.line(), path + " is a section with keys of its own, not a list");
        }
    }

    private void value(KeySpec key, YamlNode.Entry entry) {
        switch (entry.value()) {
            case YamlNode.Mapping mapping -> refuse(entry.line(), key.path() + " takes a value, not a section");
            case YamlNode.Scalar(String text, int line) ->
                layer.add(RawValue.ofText(key, text == null ? "" : text, at(entry.line())));
            case YamlNode.Items items -> list(key, items, entry.line());
        }
    }

    private void list(KeySpec key, YamlNode.Items items, int line) {
        if (!key.isList()) {
            refuse(line, key.path() + " takes one value, not a list");
            return;
        }
        List<String> texts = new ArrayList<>();
        for (YamlNode item : items.items()) {
            if (item instanceof YamlNode.Scalar(String text, int itemLine) && text != null) {
                texts.add(text);
            } else {
                refuse(item.line(), key.path() + " takes a list of plain values");
                return;
            }
        }
        layer.add(new RawValue(key, List.copyOf(texts), at(line)));
    }

    private void refuse(int line, String text) {
        layer.refuse(at(line), text);
    }

    private Origin at(int line) {
        return new Origin.File(path, line);
    }
}
