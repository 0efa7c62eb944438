package dev.parley.signaling.transport;

import dev.parley.signaling.auth.BearerToken;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the token in the address of a drop-in endpoint, whose clients have no other place for one (RFC 6750 section
 * 2.3). It is read here and kept nowhere.
 */
final class DropInToken {
    private static final String PARAMETER = "access_token";

    /** Where clients of PeerJS have a value of their own, which is random unless the application sets it. */
    private static final String OF_PEERJS = "token";

    private static final Pattern JSON_WEB_TOKEN = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    private static final int MAX_PARAMETERS = 16;

    private DropInToken() {}

    /** Null if there is none. */
    static @Nullable BearerToken find(String uri) {
        String text = parameter(uri, PARAMETER);
        return text == null ? null : new BearerToken(text);
    }

    /** As {@link #find}, or what the application has put in the place of PeerJS's own random token. */
    static @Nullable BearerToken findOfPeer(String uri) {
        BearerToken token = find(uri);
        String own = token == null ? parameter(uri, OF_PEERJS) : null;
        return own != null && JSON_WEB_TOKEN.matcher(own).matches() ? new BearerToken(own) : token;
    }

    private static @Nullable String parameter(String uri, String name) {
        try {
            Map<String, List<String>> query =
                    new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, MAX_PARAMETERS, true).parameters();
            List<String> values = query.getOrDefault(name, List.of());
            return values.isEmpty() ? null : values.getFirst();
        } catch (IllegalArgumentException notDecodable) {
            return null;
        }
    }
}
