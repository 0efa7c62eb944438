package dev.parley.turn.core;

/** Why an allocation ended. */
public enum EndReason {
    /** Its lifetime ran out. */
    EXPIRED("expired"),
    /** The client refreshed it with lifetime 0. */
    DELETED("deleted"),
    /** Its owner's credentials were revoked: left, kicked, connection lost. */
    REVOKED("revoked"),
    /** The relay socket failed. */
    RELAY_LOST("relay-lost"),
    /** The connection the client used is gone. */
    CLIENT_GONE("client-gone");

    private final String label;

    EndReason(String label) {
        this.label = label;
    }

    /** Metric label and log word. */
    public String label() {
        return label;
    }
}
