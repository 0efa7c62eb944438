package dev.parley.signaling.api;

import java.util.Locale;

/** Why the API does not do what it is asked. */
public enum ApiProblem {
    NO_KEY(401, "Give an API key, as Authorization: Bearer ID.SECRET or as the parameter key."),
    WRONG_KEY(401, "There is no such key."),
    WRONG_TOKEN(401, "This token does not let you in."),
    WRONG_ORIGIN(403, "Not for pages of this origin."),
    WRONG_SCOPE(403, "This key is not for this."),
    WRONG_ROOM(403, "This token is not for this room."),
    REVOKED(403, "The credentials of this user have been revoked; use another username."),
    NOT_FOUND(404, "There is nothing here."),
    METHOD(405, "Not with this method."),
    BAD_TTL(400, "ttl is a whole number of seconds, at least 1."),
    TTL_TOO_LONG(400, "ttl is above what this key or token may ask for."),
    BAD_USER(400, "username has 1 to 64 letters, digits and any of . _ - @."),
    BAD_FORMAT(400, "format is parley, cloudflare, metered, twilio, matrix or link."),
    BAD_SERVICE(400, "service is turn."),
    BAD_ROOM(400, "Say with room for which room the credentials are."),
    BAD_ROOM_NAME(400, "This cannot be the name of a room."),
    BAD_SETTINGS(400, "A setting is unknown or cannot be so."),
    METADATA_TOO_LARGE(400, "The metadata is larger than metadata may be."),
    KEPT_TOO_LONG(400, "emptySeconds is above what a room may stay empty."),
    NO_SUCH_ROOM(404, "There is no such room."),
    NO_SUCH_MEMBER(404, "There is no such member."),
    TOO_MANY_ROOMS(503, "There are as many rooms as may be."),
    FAULT(500, "A mistake of the server; its log has more."),
    TOO_MANY(429, "No more in this minute."),
    QUOTA(429, "No more today."),
    TOO_MANY_REVOKED(503, "Too many revocations are in force."),
    BUSY(503, "Nobody can tell at present whether this token is good; try again.");

    private final int status;
    private final String text;

    ApiProblem(int status, String text) {
        this.status = status;
        this.text = text;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The word in answers and metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String body() {
        return "{\"error\":\"" + word() + "\",\"message\":\"" + text + "\"}";
    }
}
