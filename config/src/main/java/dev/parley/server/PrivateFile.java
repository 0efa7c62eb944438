package dev.parley.server;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** Reads a file that holds secrets; refused when anybody but its owner can read it. */
final class PrivateFile {
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    private PrivateFile() {}

    /**
     * The lines of the file.
     *
     * @param key the configuration key that led here, for error texts
     * @param content what the file holds, such as "a secret"
     */
    static List<String> lines(String key, Path file, String content, long mostBytes) throws StartException {
        try {
            if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                throw new StartException(key + ": others may read " + file + "; " + content
                        + " needs mode 0600 (chmod 600 " + file + ")");
            }
            if (Files.size(file) > mostBytes) {
                throw new StartException(key + ": " + file + " is larger than " + mostBytes + " bytes");
            }
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new StartException(key + ": " + file + " is not a text file", e);
        } catch (IOException e) {
            throw new StartException(key + ": cannot read " + file + ": " + IoReason.of(e), e);
        }
    }
}
