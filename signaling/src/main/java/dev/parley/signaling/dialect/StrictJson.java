package dev.parley.signaling.dialect;

import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Reads one JSON object and keeps the text of each of its fields. Everything is checked (depth, tokens, length of
 * numbers, fields given twice) but nothing below the first level is built.
 */
final class StrictJson {
    /** No 64-bit integer is longer; RFC 8259 section 6 lets an implementation set such limits. */
    static final int MAX_INTEGER_LENGTH = 20;

    /** No double that JavaScript writes is longer. */
    static final int MAX_NUMBER_LENGTH = 32;

    /** What reading gave: the fields, or in which way the text is no acceptable object. */
    sealed interface Result {
        record Fields(Map<String, JsonField> fieldByName) implements Result {}

        record Unreadable(String detail) implements Result {}
    }

    private final JsonFactory factory;
    private final int maxDepth;
    private final int maxTokens;

    StrictJson(HubLimits limits) {
        this(limits, limits.of(HubLimit.JSON_TOKENS));
    }

    /** The reader of the drop-in endpoints, whose clients put more into one message. */
    static StrictJson ofDropIn(HubLimits limits) {
        return new StrictJson(limits, limits.of(HubLimit.DROP_IN_JSON_TOKENS));
    }

    private StrictJson(HubLimits limits, int maxTokens) {
        this.maxDepth = limits.of(HubLimit.JSON_DEPTH);
        this.maxTokens = maxTokens;
        this.factory = JsonFactory.builder()
                .recyclerPool(JsonRecyclerPools.threadLocalPool()) // the loops would fight over one for all
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxTokenCount(maxTokens)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .maxStringLength(limits.of(HubLimit.MESSAGE_BYTES))
                        .maxNameLength(limits.of(HubLimit.MESSAGE_BYTES))
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                // The table of known names would be filled by strangers.
                .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                .build();
    }

    /** Never throws. */
    Result read(String text) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Result.Unreadable("a message is one JSON object");
            }
            Map<String, JsonField> fieldByName = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonField field = readValue(parser, text);
                if (field == null) {
                    return new Result.Unreadable("an integer has at most " + MAX_INTEGER_LENGTH
                            + " characters, another number " + MAX_NUMBER_LENGTH);
                }
                fieldByName.put(name, field);
            }
            if (parser.nextToken() != null) {
                return new Result.Unreadable("something follows the JSON object");
            }
            return new Result.Fields(fieldByName);
        } catch (JacksonException refused) {
            // The parser's own text may quote the message, so it is not passed on.
            return new Result.Unreadable("not JSON within the limits: depth " + maxDepth + ", " + maxTokens
                    + " tokens, numbers of " + MAX_NUMBER_LENGTH + " characters, no field twice");
        }
    }

    /** The elements of an array that was a field of an object read before, and so is known to be well-formed. */
    List<JsonField> items(String array) {
        List<JsonField> items = new ArrayList<>();
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), array)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                JsonField item = readCurrent(parser, array);
                if (item != null) {
                    items.add(item);
                }
            }
            return items;
        }
    }

    /** The value the parser is about to read, with its whole subtree checked; null if it holds an overlong number. */
    private static @Nullable JsonField readValue(JsonParser parser, String text) {
        parser.nextToken();
        return readCurrent(parser, text);
    }

    private static @Nullable JsonField readCurrent(JsonParser parser, String text) {
        JsonToken first = parser.currentToken();
        int start = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
        String string = first == JsonToken.VALUE_STRING ? parser.getString() : null;
        int depth = 0;
        for (JsonToken token = first; ; token = parser.nextToken()) {
            if (isOverlong(token, parser)) {
                return null;
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                break;
            }
        }
        parser.finishToken();
        int end = Math.toIntExact(parser.currentLocation().getCharOffset());
        return new JsonField(JsonField.Kind.of(first), text.substring(start, end), string);
    }

    /** The parser's own limit counts digits; this counts what was sent. */
    private static boolean isOverlong(JsonToken token, JsonParser parser) {
        return switch (token) {
            case VALUE_NUMBER_INT -> parser.getStringLength() > MAX_INTEGER_LENGTH;
            case VALUE_NUMBER_FLOAT -> parser.getStringLength() > MAX_NUMBER_LENGTH;
            default -> false;
        };
    }
}
