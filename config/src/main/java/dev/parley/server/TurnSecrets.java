package dev.parley.server;

import dev.parley.config.ServerConfig;
import dev.parley.ice.credential.Secret;
import java.nio.file.Path;
import java.util.List;

/** Finds the secrets that TURN credentials are signed with: configured, from a file, or generated. */
public final class TurnSecrets {
    private TurnSecrets() {}

    /**
     * The secrets in order: the first signs, all verify.
     *
     * @param usualState the state directory when the configuration does not name one
     */
    public static List<Secret> of(ServerConfig config, Path usualState) throws StartException {
        if (!config.turn().secret().isEmpty()) {
            return config.turn().secret();
        }
        Path file = config.turn().secretFile();
        if (file != null) {
            return SecretFile.read("turn.secret-file", file);
        }
        Path stateDir = config.stateDir();
        return List.of(new StateDirectory(stateDir == null ? usualState : stateDir).turnSecret());
    }
}
