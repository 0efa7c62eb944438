package dev.parley.turn.socket;

import io.netty.channel.unix.Errors.NativeIoException;
import java.net.BindException;
import org.jspecify.annotations.Nullable;

/** Why the operating system gave no socket. */
public enum BindRefusal {
    /** Another socket has the address and port. */
    IN_USE("in-use"),
    /** The process or the system has no file descriptors left. */
    NO_DESCRIPTORS("no-descriptors"),
    /** The address is not one of this host's. */
    NOT_LOCAL("not-local"),
    OTHER("other");

    private static final int EMFILE = -24;
    private static final int ENFILE = -23;
    private static final int EADDRINUSE = -98;
    private static final int EADDRNOTAVAIL = -99;

    private final String label;

    BindRefusal(String label) {
        this.label = label;
    }

    /** Metric label and log word. */
    public String label() {
        return label;
    }

    public static BindRefusal of(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            BindRefusal known = ofOne(cause);
            if (known != OTHER) {
                return known;
            }
        }
        return OTHER;
    }

    private static BindRefusal ofOne(Throwable cause) {
        if (cause instanceof SystemCallException refusal) {
            return ofError(-refusal.errorNumber());
        }
        if (cause instanceof NativeIoException refusal) {
            return ofError(refusal.expectedErr());
        }
        String message = String.valueOf(cause.getMessage());
        if (message.contains("Too many open files")) {
            return NO_DESCRIPTORS;
        }
        if (cause instanceof BindException) {
            return message.contains("in use") ? IN_USE : NOT_LOCAL;
        }
        return OTHER;
    }

    private static BindRefusal ofError(int error) {
        return switch (error) {
            case EADDRINUSE -> IN_USE;
            case EADDRNOTAVAIL -> NOT_LOCAL;
            case EMFILE, ENFILE -> NO_DESCRIPTORS;
            default -> OTHER;
        };
    }
}
