package dev.parley.signaling.api;

import org.jspecify.annotations.Nullable;

/**
 * Lets pages read what the API answers, if they are of an origin that may use it (Fetch, CORS protocol). Nothing
 * ambient lets anybody in, so this protects the answers of servers from pages that got hold of a key.
 */
final class CrossOrigin {
    private static final String PREFLIGHT_SECONDS = "600";

    private CrossOrigin() {}

    /** What a page may send. */
    static ApiAnswer preflight(String methods) {
        return ApiAnswer.nothing()
                .with("Access-Control-Allow-Methods", methods)
                .with("Access-Control-Allow-Headers", "Authorization, Content-Type")
                .with("Access-Control-Max-Age", PREFLIGHT_SECONDS);
    }

    /** The answer as the page may see it. */
    static ApiAnswer to(ApiRequest.@Nullable PageOrigin origin, boolean admitted, ApiAnswer answer) {
        ApiAnswer varied = answer.with("Vary", "Origin, Authorization");
        return origin == null || !admitted
                ? varied
                : varied.with("Access-Control-Allow-Origin", origin.text())
                        .with("Access-Control-Expose-Headers", "Link, Retry-After");
    }
}
