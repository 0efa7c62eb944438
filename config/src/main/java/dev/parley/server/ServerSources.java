package dev.parley.server;

import dev.parley.config.ServerConfig;
import dev.parley.config.reader.ConfigResult;
import dev.parley.ice.credential.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where the server's configuration comes from, at its start and at every reload.
 *
 * @param config what it starts with
 * @param again reads the same file, environment and options once more
 * @param usualState the state directory when the configuration does not name one
 */
record ServerSources(ServerConfig config, Supplier<ConfigResult> again, Path usualState) {
    /** The secrets for credentials, from wherever this configuration says. */
    List<Secret> secretsOf(ServerConfig from) throws StartException {
        return TurnSecrets.of(from, usualState);
    }
}
