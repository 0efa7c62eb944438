package dev.parley.signaling.webhook;

import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** Calls receivers. Does not block. */
@FunctionalInterface
interface WebhookCalls {
    /** One POST; the future gives the status of the answer, or fails if there is none in time. */
    CompletableFuture<Integer> post(URI uri, String body, String signature);
}
