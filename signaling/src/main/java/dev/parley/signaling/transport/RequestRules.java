package dev.parley.signaling.transport;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What every request must keep to, whatever it asks for. Stricter than HTTP where looseness has been abused: a
 * body where none is taken, or one that does not say its length, is refused and the connection closed before two
 * readers could disagree about its end.
 */
final class RequestRules {
    static final int MAX_LINE_BYTES = 4096;
    static final int MAX_HEADER_BYTES = 16_384;
    static final int MAX_HEADERS = 100;

    private static final int MAX_LENGTH_DIGITS = 9;

    private RequestRules() {}

    /**
     * The first rule the request breaks, or null.
     *
     * @param maxBodyBytes what the route takes
     */
    static @Nullable HttpProblem findProblem(HttpRequest request, int maxBodyBytes) {
        if (request.decoderResult().isFailure()) {
            return undecodable(request.decoderResult().cause());
        }
        HttpHeaders headers = request.headers();
        if (headers.size() > MAX_HEADERS) {
            return HttpProblem.HEADERS_TOO_LARGE;
        }
        if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                || request.protocolVersion().majorVersion() != 1
                || !request.uri().startsWith("/")) {
            return HttpProblem.MALFORMED;
        }
        if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            return HttpProblem.VERSION;
        }
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.size() != 1 || hosts.getFirst().isEmpty()) {
            return HttpProblem.MALFORMED;
        }
        return body(headers, maxBodyBytes);
    }

    private static HttpProblem undecodable(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException line -> HttpProblem.LINE_TOO_LONG;
            case TooLongHttpHeaderException header -> HttpProblem.HEADERS_TOO_LARGE;
            default -> HttpProblem.MALFORMED;
        };
    }

    private static @Nullable HttpProblem body(HttpHeaders headers, int maxBytes) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        if (headers.contains(HttpHeaderNames.CONTENT_ENCODING) || type.startsWith("multipart/")) {
            return HttpProblem.ENCODED_BODY;
        }
        List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
        if (lengths.stream().allMatch("0"::equals)) {
            return null;
        }
        if (maxBytes == 0) {
            return HttpProblem.BODY;
        }
        return lengths.size() == 1 && isAtMost(lengths.getFirst(), maxBytes) ? null : HttpProblem.BODY_TOO_LARGE;
    }

    private static boolean isAtMost(String length, int max) {
        boolean number = length.length() <= MAX_LENGTH_DIGITS && length.chars().allMatch(c -> c >= '0' && c <= '9');
        return number && Integer.parseInt(length) <= max;
    }
}
