package dev.parley.signaling.auth;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks other servers. Blocks; called by the door's workers. */
@FunctionalInterface
interface WebCalls {
    /**
     * One request: POST with a JSON body, or GET without one.
     *
     * @throws IOException if there is no whole answer in time, or it is too large
     */
    WebAnswer call(URI uri, @Nullable String json, Duration timeout) throws IOException, InterruptedException;
}
