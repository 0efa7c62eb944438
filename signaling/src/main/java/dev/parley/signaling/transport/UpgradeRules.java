package dev.parley.signaling.transport;

import dev.parley.signaling.dialect.NativeDialect;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request for a WebSocket must look like (RFC 6455 section 4.2.1), from which page it may come, and for
 * which language.
 */
final class UpgradeRules {
    /** Longer lists of subprotocols are nothing but a burden. */
    private static final int MAX_PROTOCOLS_LENGTH = 1024;

    /** Addresses end up in logs and histories. */
    private static final Pattern TOKEN_IN_QUERY = Pattern.compile("(?i)^/ws\\?(.*&)?(access_)?token=");

    private static final int KEY_LENGTH = 24;
    private static final int KEY_BYTES = 16;

    private final OriginPolicy origins;

    UpgradeRules(OriginPolicy origins) {
        this.origins = origins;
    }

    /** The first rule the request breaks, or null. */
    @Nullable
    HttpProblem findProblem(HttpRequest request) {
        HttpProblem problem = findProblemOfAnyLanguage(request);
        List<String> offers = request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
        if (problem != null) {
            return problem;
        }
        return offers.isEmpty() || offersNative(offers) ? null : HttpProblem.PROTOCOL;
    }

    /** The same for the drop-in endpoints, whose clients offer no subprotocol; if one does it is not confirmed. */
    @Nullable
    HttpProblem findProblemOfAnyLanguage(HttpRequest request) {
        HttpHeaders headers = request.headers();
        if (TOKEN_IN_QUERY.matcher(request.uri()).find()) {
            return HttpProblem.TOKEN_IN_QUERY;
        }
        if (!request.method().equals(HttpMethod.GET)) {
            return HttpProblem.METHOD;
        }
        if (!headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                || !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
            return HttpProblem.NO_UPGRADE;
        }
        if (!headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_VERSION).equals(List.of("13"))) {
            return HttpProblem.WEBSOCKET_VERSION;
        }
        List<String> keys = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        if (keys.size() != 1 || !isKey(keys.getFirst())) {
            return HttpProblem.NO_UPGRADE;
        }
        if (!origins.admits(headers.getAll(HttpHeaderNames.ORIGIN), headers.get(HttpHeaderNames.HOST))) {
            return HttpProblem.ORIGIN;
        }
        return null;
    }

    /** Whether the client offered our language; if it offered none at all, it gets it without having it confirmed. */
    static boolean offersNative(List<String> offers) {
        String offered = String.join(",", offers);
        return offered.length() <= MAX_PROTOCOLS_LENGTH
                && Arrays.stream(offered.split(",")).map(String::strip).anyMatch(NativeDialect.PROTOCOL::equals);
    }

    private static boolean isKey(String key) {
        try {
            return key.length() == KEY_LENGTH && Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
