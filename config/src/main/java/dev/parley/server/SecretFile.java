package dev.parley.server;

import dev.parley.config.SecretRules;
import dev.parley.ice.credential.Secret;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A file of secrets, one a line: the first signs, all verify. Refused when anybody but its owner can read it. */
final class SecretFile {
    private static final long MAX_BYTES = 64 * 1024;
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    private SecretFile() {}

    /** The secrets of the file, at least one; {@code key} is the configuration key that led here, for error texts. */
    static List<Secret> read(String key, Path file) throws StartException {
        List<Secret> secrets = new ArrayList<>();
        int lineNumber = 0;
        for (String line : lines(key, file)) {
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

    private static List<String> lines(String key, Path file) throws StartException {
        try {
            if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                throw new StartException(
                        key + ": others may read " + file + "; a secret needs mode 0600 (chmod 600 " + file + ")");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new StartException(key + ": " + file + " is too large for a file of secrets");
            }
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new StartException(key + ": " + file + " is not a text file", e);
        } catch (IOException e) {
            throw new StartException(key + ": cannot read " + file + ": " + IoReason.of(e), e);
        }
    }
}
