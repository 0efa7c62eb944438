package dev.parley.signaling.api;

import dev.parley.signaling.auth.BearerToken;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out with which key a request comes, and whether the key is for it. */
final class KeyCheck {
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";
    /** Under which apps send keys: the draft, Janus, and Metered's two. */
    private static final List<String> PARAMETERS = List.of("key", "api", "apiKey", "secretKey");

    private static final int DOTS_OF_A_TOKEN = 2;

    private KeyCheck() {}

    /** With what a request comes. */
    sealed interface Result {
        /** A key that is for this. */
        record Keyed(ApiKey key) implements Result {}

        /** A JSON Web Token, still to be looked at. */
        record WithToken(BearerToken token) implements Result {}

        /** Nothing that counts. */
        record Refused(ApiProblem problem) implements Result {}
    }

    /** A key as it came: in two parts, or in one, {@code id.secret}. */
    private record Presented(@Nullable String id, String secret) {}

    /**
     * Looks at whatever the request brings.
     *
     * @param idOfPath the id of the key where the path names it, or null
     */
    static Result of(ApiRequest request, @Nullable String idOfPath, ApiKeys keys, ApiScope scope) {
        String header = request.authorization();
        if (header != null && isToken(header)) {
            return new Result.WithToken(new BearerToken(header.substring(BEARER.length())));
        }
        Presented presented = presented(request, idOfPath);
        if (presented == null) {
            return new Result.Refused(ApiProblem.NO_KEY);
        }
        ApiKey key =
                presented.id() == null ? keys.find(presented.secret()) : keys.find(presented.id(), presented.secret());
        if (key == null) {
            return new Result.Refused(ApiProblem.WRONG_KEY);
        }
        ApiRequest.PageOrigin origin = request.origin();
        if (origin != null && !key.origins().contains(origin.text())) {
            return new Result.Refused(ApiProblem.WRONG_ORIGIN);
        }
        return key.scopes().contains(scope) ? new Result.Keyed(key) : new Result.Refused(ApiProblem.WRONG_SCOPE);
    }

    /** Keys have one dot, tokens two (RFC 7515 section 3.1). */
    private static boolean isToken(String header) {
        return header.startsWith(BEARER) && header.chars().filter(c -> c == '.').count() == DOTS_OF_A_TOKEN;
    }

    private static @Nullable Presented presented(ApiRequest request, @Nullable String idOfPath) {
        String header = request.authorization();
        if (header != null && header.startsWith(BEARER)) {
            return bearer(header.substring(BEARER.length()), idOfPath);
        }
        if (header != null && header.startsWith(BASIC)) {
            return basic(header.substring(BASIC.length()));
        }
        String parameter = request.firstField(PARAMETERS);
        return parameter == null ? null : new Presented(null, parameter);
    }

    /** Apps with the id in the path send the secret alone, and may send both. */
    private static Presented bearer(String text, @Nullable String idOfPath) {
        return idOfPath == null || text.startsWith(idOfPath + ".")
                ? new Presented(null, text)
                : new Presented(idOfPath, text);
    }

    private static @Nullable Presented basic(String encoded) {
        try {
            String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int at = text.indexOf(':');
            return at < 0 ? null : new Presented(text.substring(0, at), text.substring(at + 1));
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
    }
}
