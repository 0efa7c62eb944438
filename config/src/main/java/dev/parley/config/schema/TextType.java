package dev.parley.config.schema;

import java.util.function.Function;

/** A value type made of a parse function that refuses by {@link IllegalArgumentException} and a print function. */
record TextType<T>(String description, Function<String, T> reader, Function<T, String> printer)
        implements ValueType<T> {
    @Override
    public T parse(String text) throws BadValueException {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new BadValueException("must be " + description + ", not '" + Excerpt.of(text) + "'");
        }
    }

    @Override
    public String print(T value) {
        return printer.apply(value);
    }
}
