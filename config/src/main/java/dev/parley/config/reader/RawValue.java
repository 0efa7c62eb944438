package dev.parley.config.reader;

import dev.parley.config.schema.KeySpec;
import java.util.List;

/** The texts given for one key by one source, not yet parsed. A key that takes one value has exactly one text. */
record RawValue(KeySpec key, List<String> texts, Origin origin) {
    /** A value written as one text: lists are separated by commas, and the empty text is the empty list. */
    static RawValue ofText(KeySpec key, String text, Origin origin) {
        if (!key.isList()) {
            return new RawValue(key, List.of(text), origin);
        }
        return new RawValue(
                key, text.isBlank() ? List.of() : List.of(text.strip().split("\\s*,\\s*", -1)), origin);
    }
}
