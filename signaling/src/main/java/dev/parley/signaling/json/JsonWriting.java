package dev.parley.signaling.dialect;

import dev.parley.signaling.core.JsonText;
import java.io.StringWriter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes one JSON object. */
final class JsonWriting {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonWriting() {}

    static String object(Consumer<JsonGenerator> fields) {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            fields.accept(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    /** A field whose value is passed on as it came; an absent value stays absent. */
    static void raw(JsonGenerator json, String field, @Nullable JsonText value) {
        if (value != null) {
            json.writeName(field);
            json.writeRawValue(value.text());
        }
    }
}
