package dev.parley.signaling.transport;

import dev.parley.signaling.api.HttpApi;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which APIs there are, and where. Shared by all connections. */
final class ApiRoutes {
    private final List<HttpApi> apis;
    private final OriginPolicy origins;

    ApiRoutes(List<HttpApi> apis, OriginPolicy origins) {
        this.apis = List.copyOf(apis);
        this.origins = origins;
    }

    /** The API that serves an address, or null. */
    @Nullable
    HttpApi find(String uri) {
        if (apis.isEmpty()) {
            return null;
        }
        String path = pathOf(uri);
        return apis.stream().filter(api -> api.serves(path)).findFirst().orElse(null);
    }

    /** Decoded; of an address that cannot be decoded, a path that nobody serves. */
    private static String pathOf(String uri) {
        try {
            return new QueryStringDecoder(uri).path();
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    /** Whether the page is of an origin that may open a WebSocket. */
    boolean isOfServer(HttpRequest request) {
        return origins.admits(
                request.headers().getAll(HttpHeaderNames.ORIGIN),
                request.headers().get(HttpHeaderNames.HOST));
    }
}
