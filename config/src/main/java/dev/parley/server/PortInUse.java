package dev.parley.server;

/** What to tell an operator whose port is taken, or not his to take. */
final class PortInUse {
    private static final int FIRST_UNPRIVILEGED = 1024;

    private PortInUse() {}

    static StartException refusal(String key, String protocol, int port, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("ermission denied") && port < FIRST_UNPRIVILEGED) {
            return new StartException(
                    key + ": this user may not listen on " + protocol + " port " + port + "; set " + key
                            + " to a port from 1024, or give the process CAP_NET_BIND_SERVICE",
                    cause);
        }
        if (message.contains("ddress already in use")) {
            return new StartException(
                    key + ": " + protocol + " port " + port + " is in use by another process; stop it, or set " + key
                            + " to another port",
                    cause);
        }
        return new StartException(key + ": cannot listen on " + protocol + " port " + port + ": " + message, cause);
    }
}
