package dev.parley.signaling.core.tracker;

/** What is wrong with a message, in the words of the stock tracker where it has them. */
public enum TrackerFailure {
    NOT_JSON("invalid JSON"),
    INVALID_ACTION("invalid action in WS request"),
    INVALID_INFO_HASH("invalid info_hash"),
    INVALID_PEER_ID("invalid peer_id"),
    INVALID_TO_PEER_ID("invalid `to_peer_id` (required with `answer`)"),
    INVALID_EVENT("invalid event"),
    NOT_GRANTED("not allowed by the token"),
    PEER_ID_IN_USE("peer_id is in use"),
    TOO_MANY_SWARMS("too many swarms");

    private final String text;

    TrackerFailure(String text) {
        this.text = text;
    }

    /** The {@code failure reason} on the wire. */
    public String text() {
        return text;
    }
}
