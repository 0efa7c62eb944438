package dev.parley.signaling.core.peerjs;

/** Why a PeerJS connection is not admitted, in the words of the stock server where it has them. */
public enum PeerJsError {
    MISSING_PARAMETERS("No id, token, or key supplied to websocket server"),
    WRONG_KEY("Invalid key provided"),
    TOO_MANY_PEERS("Server has reached its concurrent user limit"),
    BAD_ID("Invalid id provided"),
    BAD_TOKEN("Invalid token provided");

    private final String text;

    PeerJsError(String text) {
        this.text = text;
    }

    /** The {@code payload.msg} on the wire. */
    public String text() {
        return text;
    }
}
