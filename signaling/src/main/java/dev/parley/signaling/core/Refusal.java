package dev.parley.signaling.core;

import java.util.Locale;

/**
 * Why the hub did not do what a client asked. Finer than {@link ErrorCode}: counters and logs see the cause, the client
 * only the code, so that it cannot tell a full room from a full server.
 */
public enum Refusal {
    BAD_MESSAGE(ErrorCode.BAD_MESSAGE),
    NAME_TOO_LONG(ErrorCode.BAD_MESSAGE),
    UNKNOWN_TYPE(ErrorCode.UNKNOWN_TYPE),
    NO_SUCH_SESSION(ErrorCode.NO_SUCH_SESSION),
    NOT_IN_ROOM(ErrorCode.NOT_IN_ROOM),
    NO_SUCH_MEMBER(ErrorCode.NO_SUCH_MEMBER),
    ALREADY_JOINED(ErrorCode.ALREADY_JOINED),
    TOO_MANY_ROOMS(ErrorCode.TOO_MANY_ROOMS),
    ROOM_FULL(ErrorCode.JOIN_REFUSED),
    ROOM_LOCKED(ErrorCode.JOIN_REFUSED),
    WRONG_PASSWORD(ErrorCode.JOIN_REFUSED),
    NOT_GRANTED(ErrorCode.JOIN_REFUSED),
    BANNED(ErrorCode.JOIN_REFUSED),
    ROSTER_FULL(ErrorCode.JOIN_REFUSED),
    ROOMS_EXHAUSTED(ErrorCode.JOIN_REFUSED),
    WAITING_ROOM_FULL(ErrorCode.JOIN_REFUSED),
    /** A host has sent it away, or the room is gone. */
    NOT_ADMITTED(ErrorCode.JOIN_REFUSED),
    DENIED(ErrorCode.DENIED),
    NOT_HOST(ErrorCode.NOT_ALLOWED),
    LISTENERS_ONLY_LISTEN(ErrorCode.NOT_ALLOWED),
    METADATA_TOO_LARGE(ErrorCode.TOO_LARGE),
    UPDATE_TOO_LARGE(ErrorCode.TOO_LARGE),
    KEYS_FULL(ErrorCode.TOO_LARGE),
    MESSAGE_RATE(ErrorCode.SLOW_DOWN),
    DELIVERY_RATE(ErrorCode.SLOW_DOWN),
    JOIN_RATE(ErrorCode.SLOW_DOWN);

    private final ErrorCode code;

    Refusal(ErrorCode code) {
        this.code = code;
    }

    /** What the client is told. */
    public ErrorCode code() {
        return code;
    }

    /** The word in metrics and logs. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
