package dev.parley.signaling.dialect;

import dev.parley.signaling.core.JsonText;
import dev.parley.signaling.core.SignalFilter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Looks for candidates and session descriptions wherever applications put them: in any string, in strings that hold
 * JSON themselves, and in arrays. An object with a candidate that must not go on does not go on either; of an array
 * only that element is missing.
 */
public final class RelayedSignals implements SignalFilter {
    /** JSON within strings within JSON; deeper is taken for an attempt to hide something. */
    private static final int MAX_NESTED = 3;

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII) // half a surrogate pair has no UTF-8
            .build();

    @Override
    public @Nullable JsonText withoutAddresses(JsonText data) {
        String text = data.text();
        if (!mayHoldAddresses(text)) {
            return data;
        }
        JsonNode tree = mapper.readTree(text);
        JsonNode kept = keep(tree, 0);
        if (kept == null) {
            return null;
        }
        return kept.equals(tree) ? data : new JsonText(mapper.writeValueAsString(kept));
    }

    /** Most signals of applications are about something else. Any character can be written with a backslash. */
    private static boolean mayHoldAddresses(String text) {
        return text.contains("candidate") || text.contains("IN IP") || text.contains("\\");
    }

    private @Nullable JsonNode keep(JsonNode node, int nested) {
        return switch (node) {
            case StringNode string -> {
                String kept = keep(string.stringValue(), nested);
                yield kept == null ? null : StringNode.valueOf(kept);
            }
            case ArrayNode array -> keep(array, nested);
            case ObjectNode object -> keep(object, nested);
            default -> node;
        };
    }

    private JsonNode keep(ArrayNode array, int nested) {
        ArrayNode kept = mapper.createArrayNode();
        for (JsonNode element : array) {
            JsonNode left = keep(element, nested);
            if (left != null) {
                kept.add(left);
            }
        }
        return kept;
    }

    private @Nullable JsonNode keep(ObjectNode object, int nested) {
        ObjectNode kept = mapper.createObjectNode();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            JsonNode left = keep(field.getValue(), nested);
            if (left == null) {
                return null;
            }
            kept.set(field.getKey(), left);
        }
        return kept;
    }

    private @Nullable String keep(String text, int nested) {
        if (text.startsWith("{") || text.startsWith("[")) {
            return keepNested(text, nested);
        }
        if (RelayedSdp.isCandidate(text)) {
            return RelayedSdp.candidate(text);
        }
        return RelayedSdp.isDescription(text) ? RelayedSdp.description(text) : keepPlain(text);
    }

    private @Nullable String keepNested(String text, int nested) {
        if (!mayHoldAddresses(text)) {
            return text;
        }
        if (nested == MAX_NESTED) {
            return null;
        }
        try {
            JsonNode tree = mapper.readTree(text);
            JsonNode kept = keep(tree, nested + 1);
            if (kept == null) {
                return null;
            }
            return kept.equals(tree) ? text : mapper.writeValueAsString(kept);
        } catch (JacksonException noJson) {
            return keepPlain(text);
        }
    }

    private static @Nullable String keepPlain(String text) {
        return RelayedSdp.mentionsCandidate(text) ? null : text;
    }
}
