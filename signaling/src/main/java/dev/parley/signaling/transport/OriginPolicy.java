package dev.parley.signaling.transport;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which pages may open a WebSocket (RFC 6455 section 10.2). Browsers do not ask before they connect, so
 * this is the only thing between a foreign page and the hub.
 *
 * @param allowed exact origins beside the server's own, such as {@code https://app.example.org}
 * @param allowAbsent whether clients that send no Origin, and so are no browsers, may connect
 */
public record OriginPolicy(Set<String> allowed, boolean allowAbsent) {
    private static final Pattern ORIGIN = Pattern.compile("(https?)://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

    /** Pages of this server, and clients that are no browsers. */
    public static final OriginPolicy SAME_ORIGIN = new OriginPolicy(Set.of(), true);

    public OriginPolicy {
        allowed = allowed.stream().map(OriginPolicy::requireOrigin).collect(Collectors.toUnmodifiableSet());
    }

    public static OriginPolicy of(Collection<String> allowed, boolean allowAbsent) {
        return new OriginPolicy(Set.copyOf(allowed), allowAbsent);
    }

    private static String requireOrigin(String text) {
        String origin = text.toLowerCase(Locale.ROOT);
        if (!ORIGIN.matcher(origin).matches()) {
            throw new IllegalArgumentException(
                    "an origin is http(s)://host or http(s)://host:port, without path; not " + text);
        }
        String scheme = origin.substring(0, origin.indexOf(':'));
        // Browsers leave the scheme's own port out.
        String ownPort = scheme.equals("https") ? ":443" : ":80";
        return origin.endsWith(ownPort) ? origin.substring(0, origin.length() - ownPort.length()) : origin;
    }

    /**
     * @param origins all Origin headers of the request
     * @param host its Host header
     */
    boolean admits(List<String> origins, @Nullable String host) {
        if (origins.isEmpty()) {
            return allowAbsent;
        }
        String origin = origins.getFirst().toLowerCase(Locale.ROOT);
        if (origins.size() > 1 || !ORIGIN.matcher(origin).matches()) {
            return false;
        }
        String authority = origin.substring(origin.indexOf("://") + 3);
        return allowed.contains(origin) || (host != null && authority.equals(host.toLowerCase(Locale.ROOT)));
    }
}
