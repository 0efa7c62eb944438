package dev.parley.signaling.dialect;

import dev.parley.signaling.core.JsonText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a message to a drop-in endpoint: what is not of the type asked for is not there, as on the stock
 * servers.
 */
final class LooseFields {
    private final Map<String, JsonField> fieldByName;

    LooseFields(Map<String, JsonField> fieldByName) {
        this.fieldByName = fieldByName;
    }

    Map<String, JsonField> all() {
        return fieldByName;
    }

    @Nullable
    JsonField find(String name) {
        return fieldByName.get(name);
    }

    @Nullable
    String string(String name) {
        JsonField field = fieldByName.get(name);
        return field == null ? null : field.string();
    }

    /** A string that is not empty. */
    @Nullable
    String word(String name) {
        String text = string(name);
        return text == null || text.isEmpty() ? null : text;
    }

    /** Any value, unread. */
    @Nullable
    JsonText value(String name) {
        JsonField field = fieldByName.get(name);
        return field == null ? null : new JsonText(field.text());
    }

    /** An object, unread. */
    @Nullable
    JsonText object(String name) {
        JsonField field = fieldByName.get(name);
        return field == null || field.kind() != JsonField.Kind.OBJECT ? null : new JsonText(field.text());
    }

    /** The text of an array. */
    @Nullable
    String array(String name) {
        JsonField field = fieldByName.get(name);
        return field == null || !field.text().startsWith("[") ? null : field.text();
    }
}
