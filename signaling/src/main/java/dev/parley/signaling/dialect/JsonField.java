package dev.parley.signaling.dialect;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * A field of a message as it came.
 *
 * @param text the value's JSON text exactly as sent
 * @param string the value itself, if it is a string
 */
record JsonField(Kind kind, String text, @Nullable String string) {

    /** As far as the protocol tells values apart. */
    enum Kind {
        STRING,
        OBJECT,
        NULL,
        OTHER;

        static Kind of(JsonToken first) {
            return switch (first) {
                case VALUE_STRING -> STRING;
                case START_OBJECT -> OBJECT;
                case VALUE_NULL -> NULL;
                default -> OTHER;
            };
        }
    }
}
