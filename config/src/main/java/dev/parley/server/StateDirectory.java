package dev.parley.server;

import dev.parley.ice.credential.Secret;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/** What survives a restart: today the generated secrets. The directory has mode 0700, files in it 0600. */
public final class StateDirectory {
    private static final String SECRET_FILE = "turn-secret";
    private static final String TOKEN_SECRET_FILE = "token-secret";
    private static final int SECRET_BYTES = 32;
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private final Path directory;

    public StateDirectory(Path directory) {
        this.directory = directory;
    }

    /** Where state goes when the configuration does not say, by the conventions of the system. */
    public static Path usual(Map<String, String> environment, String user, Path home) {
        if (user.equals("root")) {
            return Path.of("/var/lib/parley");
        }
        String stateHome = environment.getOrDefault("XDG_STATE_HOME", "");
        // The convention has relative paths ignored.
        return stateHome.startsWith("/")
                ? Path.of(stateHome, "parley")
                : home.resolve(".local").resolve("state").resolve("parley");
    }

    /** The secret made at the first start; several processes may ask at once, all get the same. */
    public Secret turnSecret() throws StartException {
        return secret(SECRET_FILE, "turn.secret-file");
    }

    /** Another one of the same kind, for tokens. */
    public Secret tokenSecret() throws StartException {
        return secret(TOKEN_SECRET_FILE, "auth.secret-file");
    }

    private Secret secret(String name, String otherwise) throws StartException {
        Path file = directory.resolve(name);
        try {
            create();
            if (!Files.exists(file)) {
                generate(file);
            }
        } catch (IOException e) {
            throw new StartException(
                    "state-dir: cannot keep the secret in " + directory + ": " + IoReason.of(e)
                            + "; set state-dir to a directory that this user can write, or set " + otherwise,
                    e);
        }
        return SecretFile.read("state-dir", file).getFirst();
    }

    private void create() throws IOException, StartException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_DIRECTORY));
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
        if (permissions.contains(PosixFilePermission.OTHERS_WRITE)
                || permissions.contains(PosixFilePermission.GROUP_WRITE)) {
            throw new StartException(
                    "state-dir: others may write to " + directory + "; it must belong to Parley alone (chmod 700)");
        }
    }

    /**
     * Written elsewhere and then linked, so that nobody ever reads half a secret and the first of several writers
     * wins.
     */
    private void generate(Path file) throws IOException {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        Path draft =
                Files.createTempFile(directory, "secret", ".new", PosixFilePermissions.asFileAttribute(OWNER_FILE));
        try {
            Files.writeString(draft, HexFormat.of().formatHex(random) + "\n");
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster; its secret counts.
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
