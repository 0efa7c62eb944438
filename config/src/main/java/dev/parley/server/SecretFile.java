package dev.parley.server;

import dev.parley.config.SecretRules;
import dev.parley.ice.credential.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of secrets, one a line: the first signs, all verify. Refused when anybody but its owner can read it. */
final class SecretFile {
    private static final long MAX_BYTES = 64 * 1024;

    private SecretFile() {}

    /** The secrets of the file, at least one; {@code key} is the configuration key that led here, for error texts. */
    static List<Secret> read(String key, Path file) throws StartException {
        List<Secret> secrets = new ArrayList<>();
        int lineNumber = 0;
        for (String line : PrivateFile.lines(key, file, "a secret", MAX_BYTES)) {
            lineNumber++;
            String text = line.strip();
            if (text.isEmpty()) {
                continue;
            }
            String weakness = SecretRules.weakness(text);
            if (weakness != null) {
                throw new StartException(key + ": the secret in " + file + " line " + lineNumber + " " + weakness);
            }
            secrets.add(Secret.ofText(text));
        }
        if (secrets.isEmpty()) {
            throw new StartException(key + ": no secret in " + file);
        }
        return List.copyOf(secrets);
    }
}
