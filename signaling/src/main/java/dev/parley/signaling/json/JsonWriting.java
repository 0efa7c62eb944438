package dev.parley.signaling.json;

import dev.parley.signaling.core.JsonText;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.io.SegmentedStringWriter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.core.util.RecyclerPool;

/** Writes JSON into a string. Any thread. */
public final class JsonWriting {
    /** The few threads that write keep their own; one for all would be fought over. */
    private static final RecyclerPool<BufferRecycler> BUFFERS = JsonRecyclerPools.threadLocalPool();

    private static final JsonFactory FACTORY =
            JsonFactory.builder().recyclerPool(BUFFERS).build();

    private JsonWriting() {}

    /** An object. */
    public static String object(Consumer<JsonGenerator> fields) {
        return text(json -> {
            json.writeStartObject();
            fields.accept(json);
            json.writeEndObject();
        });
    }

    /** Whatever is written; nothing at all is the empty string. */
    public static String text(Consumer<JsonGenerator> value) {
        BufferRecycler buffers = BUFFERS.acquireAndLinkPooled();
        try (SegmentedStringWriter text = new SegmentedStringWriter(buffers)) {
            try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
                value.accept(json);
            }
            return text.getAndClear();
        } finally {
            buffers.releaseToPool();
        }
    }

    /** A field whose value is passed on as it came; an absent value stays absent. */
    public static void raw(JsonGenerator json, String field, @Nullable JsonText value) {
        if (value != null) {
            json.writeName(field);
            json.writeRawValue(value.text());
        }
    }
}
