package dev.parley.config.schema;

import dev.parley.config.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One configuration key: its dotted path, its type, and what is said about it.
 *
 * @param isList whether it takes any number of values
 * @param isOptional whether it may be unset
 * @param defaultValue null for an optional key that is unset by default
 */
public record KeySpec(
        String path,
        ValueType<?> type,
        boolean isList,
        boolean isOptional,
        Setting setting,
        @Nullable Object defaultValue) {
    /** The environment variable for this key: {@code turn.port} is {@code PARLEY_TURN_PORT}. */
    public String environmentVariable() {
        return "PARLEY_" + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The last part of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** Whether values of this key must never be shown. */
    public boolean isSecret() {
        return type instanceof SecretType;
    }

    /**
     * The value for these texts: null for an unset optional key, a list for a list key.
     *
     * @throws BadValueException with a message that completes "KEY ..."
     */
    public @Nullable Object parse(List<String> texts) throws BadValueException {
        if (isList) {
            List<Object> values = new ArrayList<>();
            for (String text : texts) {
                values.add(parseOne(text));
            }
            return List.copyOf(values);
        }
        String text = texts.getFirst();
        if (!text.isEmpty()) {
            return parseOne(text);
        }
        if (isOptional) {
            return null;
        }
        throw new BadValueException("needs a value: " + type.description());
    }

    /** One value as text; a secret as stars. */
    public String print(Object value) {
        return value instanceof List<?> values
                ? values.stream().map(this::printOne).collect(Collectors.joining(","))
                : printOne(value);
    }

    /** The texts of a list key's values, or the one text. */
    public List<String> texts(Object value) {
        return value instanceof List<?> values
                ? values.stream().map(this::printOne).toList()
                : List.of(printOne(value));
    }

    @SuppressWarnings("unchecked") // the schema pairs each key with the value type of its own class
    private String printOne(Object value) {
        return ((ValueType<Object>) type).print(value);
    }

    private Object parseOne(String text) throws BadValueException {
        Object value = type.parse(text);
        requireWithin(value, text);
        return value;
    }

    @SuppressWarnings("unchecked") // both sides come from the same value type
    private void requireWithin(Object value, String text) throws BadValueException {
        boolean tooSmall = !setting.atLeast().isEmpty()
                && ((Comparable<Object>) value).compareTo(type.parse(setting.atLeast())) < 0;
        boolean tooLarge =
                !setting.atMost().isEmpty() && ((Comparable<Object>) value).compareTo(type.parse(setting.atMost())) > 0;
        if (tooSmall || tooLarge) {
            throw new BadValueException("must be " + range() + ", not '" + Excerpt.of(text) + "'");
        }
    }

    /** The bounds in words, or an empty text when there are none. */
    public String range() {
        if (setting.atLeast().isEmpty() && setting.atMost().isEmpty()) {
            return "";
        }
        if (setting.atMost().isEmpty()) {
            return "at least " + setting.atLeast();
        }
        return setting.atLeast().isEmpty()
                ? "at most " + setting.atMost()
                : "between " + setting.atLeast() + " and " + setting.atMost();
    }
}
