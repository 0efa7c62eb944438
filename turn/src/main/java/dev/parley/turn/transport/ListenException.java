package dev.parley.turn.transport;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.socket.BindRefusal;

/** A listener could not be bound, so the relay did not start; the message names the address and the reason. */
public final class ListenException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient TransportAddress address;
    private final BindRefusal reason;

    ListenException(TransportAddress address, String protocol, BindRefusal reason, Throwable cause) {
        super("cannot listen on " + address + " (" + protocol + "): " + sentence(reason, cause), cause);
        this.address = address;
        this.reason = reason;
    }

    /** What was to be listened on. */
    public TransportAddress address() {
        return address;
    }

    /** What the operating system had against it. */
    public BindRefusal reason() {
        return reason;
    }

    private static String sentence(BindRefusal reason, Throwable cause) {
        return switch (reason) {
            case IN_USE -> "the address is in use by another process";
            case NO_DESCRIPTORS -> "no file descriptors are left";
            case NOT_LOCAL -> "no interface of this host has that address";
            case OTHER -> String.valueOf(cause.getMessage());
        };
    }
}
