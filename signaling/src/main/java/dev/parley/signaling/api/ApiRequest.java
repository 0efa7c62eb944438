package dev.parley.signaling.api;

import dev.parley.ice.address.IpAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to the API, as far as it counts. Nothing of it is ever printed: keys may be anywhere in it.
 *
 * @param path without the query, decoded
 * @param query its parameters
 * @param body what came after the head
 * @param authorization the header
 * @param origin who asks, if it is a page
 * @param remote where it comes from
 */
public record ApiRequest(
        String method,
        String path,
        Map<String, String> query,
        ApiBody body,
        @Nullable String authorization,
        @Nullable PageOrigin origin,
        IpAddress remote) {
    public ApiRequest {
        query = Map.copyOf(query);
    }

    /**
     * The page that a request comes from.
     *
     * @param text the header Origin
     * @param ofServer whether it is one that may use this server anyway
     * @param preflight whether the browser only asks what the page may do
     */
    public record PageOrigin(String text, boolean ofServer, boolean preflight) {}

    /** From the query, the form or the JSON body. */
    @Nullable
    String field(String name) {
        String parameter = query.get(name);
        return parameter == null ? body.field(name) : parameter;
    }

    /** The first of these fields that is there. */
    @Nullable
    String firstField(List<String> names) {
        for (String name : names) {
            String value = field(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "ApiRequest[" + method + " " + path + "]";
    }
}
