package dev.parley.signaling.auth;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in, as configured.
 *
 * @param anonymous whether those without a token are let in
 * @param tokens the secrets that sign tokens, and what is revoked
 * @param keys where the public keys of tokens are; null: nowhere
 * @param rules what tokens must say
 * @param hook asked for everybody; null: nobody is asked
 * @param pending applicants at once that take time
 * @param failureAddresses whose failures are remembered
 * @param maxFailureDelay the longest that a refusal waits
 */
public record DoorSettings(
        boolean anonymous,
        LiveTokens tokens,
        @Nullable Keys keys,
        TokenRules rules,
        @Nullable Hook hook,
        int pending,
        int failureAddresses,
        Duration maxFailureDelay) {
    private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(4);
    private static final int OK = 200;

    /**
     * A JSON Web Key Set at one of two places.
     *
     * @param uri of an HTTP server; null: the file
     * @param file null: the URI
     * @param refresh how long a set is good
     * @param retry the least time between two attempts to have it
     */
    public record Keys(@Nullable URI uri, @Nullable Path file, Duration refresh, Duration retry) {}

    /** The service that is asked, how long, and by how many at once. */
    public record Hook(URI uri, Duration timeout, int concurrency) {}

    /** The door that these settings describe, with workers of its own. */
    public Admission open() {
        WebCalls calls = new HttpCalls();
        List<KeyRing> rings = new ArrayList<>();
        if (tokens.hasSecrets()) {
            rings.add(tokens.secrets());
        }
        if (keys != null) {
            rings.add(new CachedKeySet(source(keys, calls), keys.refresh(), keys.retry(), System::nanoTime));
        }
        return new Doorkeeper(
                anonymous,
                rings.isEmpty() ? null : new TokenVerifier(rings, rules, InstantSource.system()),
                hook == null ? null : new AuthorisationHook(hook.uri(), hook.timeout(), hook.concurrency(), calls),
                tokens::isRevoked,
                pending,
                new Failures(failureAddresses, maxFailureDelay),
                Executors.newVirtualThreadPerTaskExecutor(),
                (delay, task) -> CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS)
                        .execute(task),
                System::nanoTime);
    }

    private static CachedKeySet.Source source(Keys keys, WebCalls calls) {
        URI uri = keys.uri();
        Path file = keys.file();
        if (uri != null) {
            return () -> {
                WebAnswer answer = calls.call(uri, null, FETCH_TIMEOUT);
                if (answer.status() != OK) {
                    throw new IOException("HTTP status " + answer.status());
                }
                return answer.body();
            };
        }
        return () -> {
            if (file == null || Files.size(file) > HttpCalls.MAX_BODY_BYTES) {
                throw new IOException("the file is too large");
            }
            return Files.readString(file);
        };
    }
}
