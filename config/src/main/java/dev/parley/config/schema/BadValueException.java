package dev.parley.config.schema;

/** A configuration text that is not a value of its key's type; the message completes the sentence "KEY ...". */
public final class BadValueException extends Exception {
    private static final long serialVersionUID = 1L;

    public BadValueException(String message) {
        super(message);
    }
}
