package dev.parley.config.schema;

/** How values of one Java type are written in a configuration. */
public interface ValueType<T> {
    /**
     * What a value looks like, for error texts and the reference page, such as {@code a duration like 30s, 5m or 1h}.
     */
    String description();

    /** The value of a text; the message of the exception completes "KEY ...", and never quotes a secret. */
    T parse(String text) throws BadValueException;

    /** The text of a value, which {@link #parse} reads back, except for secrets, which come out as stars. */
    String print(T value);
}
