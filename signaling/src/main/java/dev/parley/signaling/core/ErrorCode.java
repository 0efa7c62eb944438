package dev.parley.signaling.core;

/** The machine words of the errors a client may get, each with the text that says what to do. */
public enum ErrorCode {
    BAD_MESSAGE("bad-message", "This message breaks the protocol; see the list of messages and fields."),
    UNKNOWN_TYPE("unknown-type", "The hub does not know this type of message."),
    NO_SUCH_SESSION("no-such-session", "There is no session to continue with this token; say hello for a new one."),
    DENIED("denied", "You are not admitted; come with a valid token."),
    NOT_IN_ROOM("not-in-room", "You are not in this room; join it first."),
    NO_SUCH_MEMBER("no-such-member", "Nobody in this room has this id; it may just have left."),
    ALREADY_JOINED(
            "already-joined", "You are in this room, or wait for it, already; send update to change name or metadata."),
    TOO_MANY_ROOMS("too-many-rooms", "You are in as many rooms as a session may be; leave one first."),
    JOIN_REFUSED("join-refused", "This room cannot be joined now; try later."),
    NOT_ALLOWED("not-allowed", "Your role in this room does not allow that."),
    TOO_LARGE("too-large", "This does not fit into the room any more; send less."),
    SLOW_DOWN("slow-down", "Too much at once; wait a while and send less.");

    private final String word;
    private final String text;

    ErrorCode(String word, String text) {
        this.word = word;
        this.text = text;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }

    /** English, for the one who writes the client. */
    public String text() {
        return text;
    }
}
