package dev.parley.signaling.transport;

/** The drop-in endpoints. */
public enum DropInName {
    PEERJS("peerjs"),
    TOPICS("topics"),
    TRACKER("tracker");

    private final String word;

    DropInName(String word) {
        this.word = word;
    }

    /** The label of metrics. */
    public String word() {
        return word;
    }
}
