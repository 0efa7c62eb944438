package dev.parley.server;

import dev.parley.config.ServerConfig;
import dev.parley.ice.credential.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Who may change the server through the admin endpoint, which takes more than being on this host. Thread-safe. */
final class AdminToken implements Reload.Part {
    private static final String SCHEME = "Bearer ";

    private volatile @Nullable Secret token;

    AdminToken(@Nullable Secret token) {
        this.token = token;
    }

    /** Without a token nobody is admitted. */
    boolean isSet() {
        return token != null;
    }

    /** @param authorization the header, null if the request has none */
    boolean admits(@Nullable String authorization) {
        Secret expected = token;
        return expected != null
                && authorization != null
                && authorization.startsWith(SCHEME)
                && MessageDigest.isEqual(
                        authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8),
                        expected.reveal().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Runnable prepare(ServerConfig next) {
        return () -> token = next.admin().token();
    }
}
