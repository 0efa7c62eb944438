package dev.parley.signaling.api;

import dev.parley.signaling.core.RoomName;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The credential that a request asks for.
 *
 * @param ttl null if it does not say
 * @param user null if it does not say
 * @param room to which relaying is bound; null if it does not say
 */
record CredentialOrder(
        CredentialShape shape,
        @Nullable Duration ttl,
        @Nullable String user,
        @Nullable RoomName room) {
    private static final Pattern TTL = Pattern.compile("[1-9][0-9]{0,8}");
    /** Under which apps ask for a lifetime: ours and Cloudflare's, Twilio's, Metered's. */
    private static final List<String> TTL_FIELDS = List.of("ttl", "Ttl", "expiryInSeconds");

    /** What reading gave. */
    sealed interface Result {
        /** It can be understood. */
        record Read(CredentialOrder order) implements Result {}

        /** The first thing that cannot. */
        record Refused(ApiProblem problem) implements Result {}
    }

    /** @param usual the shape unless another is asked for */
    static Result read(ApiRequest request, CredentialShape usual) {
        String format = request.query().get("format");
        CredentialShape shape = format == null ? usual : CredentialShape.find(format);
        String service = request.field("service");
        String ttl = request.firstField(TTL_FIELDS);
        String user = request.field("username");
        String room = request.field("room");
        RoomName named = room == null ? null : RoomName.find(room);
        if (shape == null) {
            return new Result.Refused(ApiProblem.BAD_FORMAT);
        }
        if (service != null && !service.equals("turn")) {
            return new Result.Refused(ApiProblem.BAD_SERVICE);
        }
        if (ttl != null && !TTL.matcher(ttl).matches()) {
            return new Result.Refused(ApiProblem.BAD_TTL);
        }
        boolean ofSomebody = user != null && !user.isEmpty();
        if (ofSomebody && !ApiName.USER.matcher(user).matches()) {
            return new Result.Refused(ApiProblem.BAD_USER);
        }
        if (room != null && named == null) {
            return new Result.Refused(ApiProblem.BAD_ROOM);
        }
        Duration asked = ttl == null ? null : Duration.ofSeconds(Long.parseLong(ttl));
        return new Result.Read(new CredentialOrder(shape, asked, ofSomebody ? user : null, named));
    }
}
