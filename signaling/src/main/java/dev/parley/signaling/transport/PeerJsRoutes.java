package dev.parley.signaling.transport;

import dev.parley.signaling.core.peerjs.PeerJsMessage;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The requests of PeerJS that are no WebSocket: about the server, a fresh id, the ids in use. Answered as the stock
 * server does, with its permissions for pages of other origins, but only for origins that are allowed here.
 */
final class PeerJsRoutes {
    /** The stock server's, to the letter. */
    static final String ABOUT = "{\"name\":\"PeerJS Server\",\"description\":\"A server side element to broker "
            + "connections between PeerJS clients.\",\"website\":\"https://peerjs.com/\"}";

    private static final String METHODS = "GET,HEAD,PUT,PATCH,POST,DELETE";
    private static final String HTML = "text/html; charset=utf-8";
    private static final String JSON = "application/json; charset=utf-8";
    private static final int MAX_PARAMETERS = 16;
    private static final Pattern HEADER_NAMES = Pattern.compile("[A-Za-z0-9 ,_-]{1,512}");

    private final String base;
    private final boolean discovery;
    private final OriginPolicy origins;
    private final Supplier<List<String>> ids;

    PeerJsRoutes(DropInSettings.PeerJs settings, OriginPolicy origins, Supplier<List<String>> ids) {
        this.base = settings.path();
        this.discovery = settings.discovery();
        this.origins = origins;
        this.ids = ids;
    }

    boolean isBelow(String path) {
        return path.equals(base) || path.startsWith(base + "/");
    }

    /**
     * Where the WebSocket is; the stock server refuses the slash at the end, which proxies like to add. A client that
     * was told no path asks at {@code /peerjs} itself, and shall be served if that is where the server is.
     */
    boolean isSocket(String path) {
        String rest = path.substring(base.length());
        return rest.equals("/peerjs") || rest.equals("/peerjs/") || rest.isEmpty() || rest.equals("/");
    }

    /** What the address of the WebSocket says; null if it is no proper address. */
    static @Nullable PeerJsMessage registration(String uri) {
        try {
            Map<String, List<String>> query =
                    new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, MAX_PARAMETERS, true).parameters();
            return new PeerJsMessage.Register(firstOf(query, "key"), firstOf(query, "id"), firstOf(query, "token"));
        } catch (IllegalArgumentException notDecodable) {
            return null;
        }
    }

    private static String firstOf(Map<String, List<String>> query, String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.getFirst();
    }

    DropInRoute answer(HttpRequest request, String path) {
        FullHttpResponse answer = request.method().equals(HttpMethod.OPTIONS)
                ? preflight(request)
                : answerTo(request, path.substring(base.length()));
        permit(request.headers(), answer.headers());
        return new DropInRoute.Answer(answer);
    }

    private FullHttpResponse answerTo(HttpRequest request, String rest) {
        boolean readable =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        // The key in the middle is not checked here, as on the stock server, and absent if the client has no path.
        String word = rest.replaceFirst("^(/[^/]*)?/", "");
        if (readable && (rest.isEmpty() || rest.equals("/"))) {
            return HttpAnswers.text(request, HttpResponseStatus.OK, JSON, ABOUT);
        }
        if (readable && word.equals("id")) {
            return HttpAnswers.text(
                    request, HttpResponseStatus.OK, HTML, UUID.randomUUID().toString());
        }
        if (readable && word.equals("peers")) {
            return discovery
                    ? HttpAnswers.text(request, HttpResponseStatus.OK, JSON, listOf(ids.get()))
                    : HttpAnswers.text(request, HttpResponseStatus.UNAUTHORIZED, "text/plain", "Unauthorized");
        }
        return HttpAnswers.problem(request, HttpProblem.NOT_FOUND);
    }

    private static String listOf(List<String> ids) {
        return ids.stream().map(PeerJsRoutes::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String id) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }

    private static FullHttpResponse preflight(HttpRequest request) {
        FullHttpResponse answer = HttpAnswers.text(request, HttpResponseStatus.NO_CONTENT, "text/plain", "");
        answer.headers()
                .remove(HttpHeaderNames.CONTENT_TYPE)
                .remove(HttpHeaderNames.CONTENT_LENGTH)
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        String asked = request.headers().get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
        if (asked != null && HEADER_NAMES.matcher(asked).matches()) {
            answer.headers().set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, asked);
        }
        return answer;
    }

    /** Without an Origin it is no page that asks, and there is nothing to permit. */
    private void permit(HttpHeaders asked, HttpHeaders answered) {
        List<String> named = asked.getAll(HttpHeaderNames.ORIGIN);
        answered.set(HttpHeaderNames.VARY, "Origin");
        if (!named.isEmpty() && origins.admits(named, asked.get(HttpHeaderNames.HOST))) {
            answered.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, named.getFirst());
        }
    }
}
