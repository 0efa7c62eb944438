package dev.parley.signaling.auth;

/** What the relays of a member may reach, as the welcome tells it. */
public enum RelayScope {
    /** Members of the same room. */
    ROOM("room"),
    /** Any address the peer policy admits. */
    PUBLIC("public");

    private final String word;

    RelayScope(String word) {
        this.word = word;
    }

    /** The word on the wire and in the configuration. */
    public String word() {
        return word;
    }
}
