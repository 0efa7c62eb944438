package dev.parley.signaling.webhook;

import dev.parley.ice.credential.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Who is told of rooms, and how.
 *
 * @param uris of all receivers; each is told everything
 * @param secrets that sign, all of them
 * @param timeout of one call
 * @param capacity events that wait for one receiver
 * @param concurrency calls of one receiver at once
 */
public record WebhookSettings(
        List<URI> uris, List<Secret> secrets, Duration timeout, int capacity, int concurrency, BackOff backOff) {
    public WebhookSettings {
        uris = List.copyOf(uris);
        secrets = List.copyOf(secrets);
        if (!uris.isEmpty() && secrets.isEmpty()) {
            throw new IllegalArgumentException("calls are signed, so there must be a secret");
        }
    }
}
