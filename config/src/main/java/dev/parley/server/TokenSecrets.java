package dev.parley.server;

import dev.parley.config.AuthConfig;
import dev.parley.config.ServerConfig;
import dev.parley.ice.credential.Secret;
import java.nio.file.Path;
import java.util.List;

/** Finds the secrets that tokens are signed with: configured, from a file, or generated. */
public final class TokenSecrets {
    private TokenSecrets() {}

    /**
     * The secrets in order: the first signs, all verify. None if tokens come from elsewhere: a secret that nobody
     * asked for must not open a door that has keys or a hook.
     *
     * @param usualState the state directory when the configuration does not name one
     */
    public static List<Secret> of(ServerConfig config, Path usualState) throws StartException {
        AuthConfig auth = config.auth();
        if (!auth.secret().isEmpty()) {
            return auth.secret();
        }
        Path file = auth.secretFile();
        if (file != null) {
            return SecretFile.read("auth.secret-file", file);
        }
        if (auth.jwksUrl() != null || auth.jwksFile() != null || auth.hookUrl() != null) {
            return List.of();
        }
        Path stateDir = config.stateDir();
        return List.of(new StateDirectory(stateDir == null ? usualState : stateDir).tokenSecret());
    }
}
