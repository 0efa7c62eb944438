package dev.parley.server;

import dev.parley.config.ServerConfig;
import dev.parley.config.reader.ConfigResult;
import dev.parley.ice.credential.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the server's configuration comes from, at its start and at every reload.
 *
 * @param config what it starts with
 * @param again reads the same file, environment and options once more
 * @param file that it is read from, or null
 * @param usualState the state directory when the configuration does not name one
 */
record ServerSources(
        ServerConfig config,
        Supplier<ConfigResult> again,
        @Nullable Path file,
        Path usualState) {
    /** Files that are part of this configuration and are read with it. */
    List<Path> filesOf(ServerConfig from) {
        List<Path> files = new ArrayList<>();
        if (file != null) {
            files.add(file);
        }
        Path secrets = from.turn().secretFile();
        if (secrets != null) {
            files.add(secrets);
        }
        for (Path ofTokens : Arrays.asList(from.auth().secretFile(), from.auth().revokedFile())) {
            if (ofTokens != null) {
                files.add(ofTokens);
            }
        }
        return files;
    }

    /** The secrets for tokens, from wherever this configuration says. */
    List<Secret> tokenSecretsOf(ServerConfig from) throws StartException {
        return TokenSecrets.of(from, usualState);
    }

    /** The secrets for credentials, from wherever this configuration says. */
    List<Secret> secretsOf(ServerConfig from) throws StartException {
        return TurnSecrets.of(from, usualState);
    }
}
