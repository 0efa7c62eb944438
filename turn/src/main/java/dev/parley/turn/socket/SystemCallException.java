package dev.parley.turn.socket;

import java.io.IOException;

/** The kernel refused a system call. */
public final class SystemCallException extends IOException {
    private static final long serialVersionUID = 1;

    private final int errorNumber;

    /** Of the call of this name. */
    public SystemCallException(String call, int errorNumber) {
        super(call + " failed with error " + errorNumber);
        this.errorNumber = errorNumber;
    }

    /** As in {@code errno.h}, positive. */
    public int errorNumber() {
        return errorNumber;
    }
}
