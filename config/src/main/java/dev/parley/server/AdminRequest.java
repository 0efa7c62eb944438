package dev.parley.server;

import org.jspecify.annotations.Nullable;

/**
 * What the admin endpoint was asked.
 *
 * @param host the Host header; null from clients that send none, which are no browsers
 * @param path null if the target was no path
 * @param query what follows the path, or null
 * @param authorization the Authorization header, or null
 */
record AdminRequest(
        String method,
        @Nullable String host,
        @Nullable String path,
        @Nullable String query,
        @Nullable String authorization) {}
