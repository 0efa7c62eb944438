package dev.parley.signaling.api;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * What came with a request: the fields of a form, or those of a JSON object.
 *
 * @param scalars strings, numbers and truth values, as text
 * @param trees objects and arrays, as they were written; a field that is null is in neither
 */
public record ApiBody(Map<String, String> scalars, Map<String, String> trees) {
    /** Of a request without one. */
    public static final ApiBody NONE = new ApiBody(Map.of(), Map.of());

    private static final int MAX_DEPTH = 8;
    private static final int MAX_TOKENS = 256;
    private static final int MAX_NUMBER_LENGTH = 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxTokenCount(MAX_TOKENS)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // The table of known names would be filled by strangers.
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    public ApiBody {
        scalars = Map.copyOf(scalars);
        trees = Map.copyOf(trees);
    }

    /** Whether a body of this type is a form (and otherwise JSON). */
    public static boolean isForm(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    /** The body with the fields of a form. */
    public static ApiBody ofForm(Map<String, String> fields) {
        return new ApiBody(fields, Map.of());
    }

    /** Null if the text is no JSON object within the limits. */
    public static @Nullable ApiBody findJson(String text) {
        Map<String, String> scalars = new LinkedHashMap<>();
        Map<String, String> trees = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken first = parser.nextToken();
                if (first.isStructStart()) {
                    int start = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
                    parser.skipChildren();
                    int end = Math.toIntExact(parser.currentLocation().getCharOffset());
                    trees.put(name, text.substring(start, end));
                } else if (first != JsonToken.VALUE_NULL) {
                    scalars.put(name, parser.getString());
                }
            }
            return parser.nextToken() == null ? new ApiBody(scalars, trees) : null;
        } catch (JacksonException refused) {
            return null;
        }
    }

    @Nullable
    String field(String name) {
        return scalars.get(name);
    }

    @Override
    public String toString() {
        return "ApiBody[***]";
    }
}
