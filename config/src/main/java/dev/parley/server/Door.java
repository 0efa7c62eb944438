package dev.parley.server;

import dev.parley.config.AuthConfig;
import dev.parley.config.RoleSource;
import dev.parley.config.SameUser;
import dev.parley.config.ServerConfig;
import dev.parley.signaling.auth.DoorSettings;
import dev.parley.signaling.auth.LiveTokens;
import dev.parley.signaling.auth.TokenRules;
import dev.parley.signaling.core.IdentityPolicy;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The configuration of who may come in, in the words of the hub. */
public final class Door {
    private Door() {}

    /** What the hub's door needs to know. */
    static DoorSettings settings(ServerConfig config, LiveTokens tokens) {
        AuthConfig auth = config.auth();
        return new DoorSettings(
                auth.anonymous(),
                tokens,
                keys(auth),
                rules(auth),
                hook(auth),
                auth.pending(),
                auth.failureAddresses(),
                auth.failureDelay());
    }

    /** What tokens must say, and those made here do. */
    public static TokenRules rules(AuthConfig auth) {
        return new TokenRules(auth.issuer(), auth.audience(), auth.leeway());
    }

    static IdentityPolicy policy(AuthConfig auth) {
        return new IdentityPolicy(auth.roles() == RoleSource.TOKEN, auth.sameUser() == SameUser.REPLACE);
    }

    /** Whether everybody may come in, and nobody is asked about it. */
    static boolean isOpen(AuthConfig auth) {
        return auth.anonymous() && auth.hookUrl() == null;
    }

    private static DoorSettings.@Nullable Keys keys(AuthConfig auth) {
        URI uri = auth.jwksUrl();
        Path file = auth.jwksFile();
        return uri == null && file == null
                ? null
                : new DoorSettings.Keys(uri, file, auth.jwksRefresh(), auth.jwksRetry());
    }

    private static DoorSettings.@Nullable Hook hook(AuthConfig auth) {
        URI uri = auth.hookUrl();
        return uri == null ? null : new DoorSettings.Hook(uri, auth.hookTimeout(), auth.hookConcurrency());
    }
}
