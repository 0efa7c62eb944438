package dev.parley.server;

/** The server cannot run, and the operator can do something about it; the message is one line that says what. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
